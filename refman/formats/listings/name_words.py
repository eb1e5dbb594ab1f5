"""Words that tell names from titles: usual given names, words of titles, names of bodies.

They are evidence, never proof: a name that is not here is found by its shape, and a word
that is both (`Grace`, `Mark`) is in neither title list. All are folded (`model.text.fold`).
"""

GIVEN_NAMES = frozenset(
    """
    aaron abbas abdul abdullah abel abhinav abhishek abigail abraham ada adam adel adele aditya
    adrian adriana adrien agnes agnieszka ahmad ahmed aidan aisha ajay akash akira alain alan
    alastair albert alberto aldo aleksander aleksandr aleksandra alessandra alessandro alessia
    alex alexander alexandra alexandre alexandros alexei alexey alexis alfred alfredo ali alice
    alicia alina alison alistair allan allen alok alvaro alyssa amanda amelia amin amir amit
    amitabh amy ana anand anant anastasia anders andre andrea andreas andreea andrei andres
    andrew andrey andrzej andy angel angela angelo angus anh anil anima anirudh anita anja ankit
    ankur anmol ann anna anne annie anthony antoine anton antonia antonio antonios anu anurag
    anya ariel arjun armand armin arnaud arnold artem arthur arturo arun arvind arya asger
    ashish ashley ashok ashwin asier asim astrid athanasios aude audrey august aurelien aurora
    avi avishek aviv axel ayan ayush babak barbara barry bart bas basil bastian beatrice bella
    ben benedikt benjamin benoit bernard bernd bernhard bert beth bharath bhavya bill bingbing
    blaise bo bob boris brad bradley brandon brenda brendan brett brian bridget bruce bruno
    bryan byron caglar caiming caitlin cameron camille carl carla carlo carlos carol carole
    caroline carolyn carsten casey caspar catherine cathy cecilia cedric celine cesar chad
    chandan chang chao charles charlie charlotte chelsea chen cheng chenghao chi chiara chirag
    chloe chris christian christiane christina christine christof christoph christophe
    christopher christos chuan chuang chun chunyuan ciprian claire clara clark claude claudia
    claudio clement colin connor conor constantin corentin corinna cory craig cristian cristina
    cynthia cyril cyrus daan dale damian damien dan dana daniel daniela daniele danielle danijar
    danilo danny daphna daphne dario darrell dave david dawei dawn dean deb debbie deborah
    deepak denis denise dennis denny derek devi devin dhruv diana diane didier diederik diego
    dieter dilip dimitri dimitris dina dinesh ding dirk divya dmitri dmitriy dmitry dominic
    dominik dominique don donald dong donna dorothea doug douglas duncan durk dustin dylan
    dzmitry ed edgar edith edmund eduard eduardo edward edwin eero efstratios egor ekaterina
    elad elaine eleanor elena eli elias elie elisa elisabeth elise eliza elizabeth ella ellen
    ellie elliot elliott eloise elsa elvis emanuel emanuele emil emilie emilio emily emma
    emmanuel enrico enrique eric erica erich erik erika erin ernest erwin esteban esther ethan
    etienne eugene eunice eva evan evangelos eve evelyn evgenii evgeny ewan ezra fabian fabien
    fabio fabrice fan fang fangyu farah fatima fausto federico fei felipe felix feng ferenc
    fernanda fernando filip filippo fiona flavio flora florence florent florian francesca
    francesco francis francisco francois frank franz fred frederic frederick frederik fredrik
    friedrich gabriel gabriela gabriele gael gang gareth garrett gary gautam gauthier gavin
    geoff geoffrey georg george georgia georgios gerald gerard gerhard gianluca gil gilles
    giorgio giorgos giovanni giulia giulio giuseppe glen glenn goran gordon graham grant greg
    gregoire gregor gregory greta guang guangyi gudrun guido guilherme guillaume guillermo
    gunnar guo guodong gustav gustavo guy hadi hado haibin hailey haim hal hamed hamid han hana
    hang hanna hannah hannes hans hao haoran haotian haoyu harald hari harm harold harri harriet
    harry harsh hassan hector heidi heiko heinrich helen helena helene helge hendrik henri
    henrik henry herbert herke herman hermann hinrich hiroshi holger hong hongyang hossein
    howard hsuan huan huang huazhe hubert hugh hugo huy hyung hyunwoo ian ibrahim ignacio igor
    ilan ilia ilya imran ines ingmar ingrid ioana ioannis ira irena irene irina iris isaac
    isabel isabella isabelle ishaan ishan ismail israel itai ivan ivana ivo jaakko jack jackie
    jackson jacob jacqueline jacques jade jaeho jaime jakob jakub jamal james jamie jan jana
    jane janet janos jared jascha jasmine jason jasper javier jay jayant jean jeanne jeff
    jeffrey jelena jen jennifer jens jeremiah jeremias jeremy jerome jerry jesper jess jesse
    jessica jesus jia jiaming jian jianfeng jiang jianhua jianming jiawei jie jill jim jimmy jin
    jing jingdong jingren jitendra joan joana joann joanna joao joaquin jochen jodie joe joel
    joelle joern johan johann johanna johannes john johnny jon jonas jonathan jordan jordi jorg
    jorge jose joseba josef joseph josh joshua josiah josip joy joyce juan juanita judea judith
    judy juho julia julian juliana julie julien juliette julio julius jun jung junyoung juraj
    jurgen justin justine jyoti kai kaiming kamal karan karen karim karin karl karla karol
    karthik kartik katarina kate katerina katharina katherine kathleen kathryn kathy katie katja
    katrin kay kei keith kelly kelsey kelvin ken kenji kenneth kenny kent kerstin kevin khalid
    kilian kim kimin kirill kirsten klaus koen konrad konstantin konstantinos koray kris krishna
    krishnamurthy kristen kristian kristin kristina kristof krzysztof kuldeep kumar kun kunal
    kurt kush kyle kyunghyun lan lara larry lars laszlo laura laure lauren laurence laurens
    laurent lawrence lea leah lee lei leila lena leo leon leonard leonardo leonid leonidas
    leslie levent li liam liang lidia lila lillian lily lin lina linda ling lior lisa liu liz
    lluis lois lorenz lorenzo lorraine lou louis louise luc luca lucas lucia lucian lucie lucien
    lucy ludovic ludwig luigi luis luisa luise lukas lukasz luke luo luz lydia lynn mads magda
    magnus mahdi maja maksim maksym malcolm malika manfred manish manoj manuel manuela marc
    marcel marcello marcelo marcin marco marcos marcus marek margaret margarita margot maria
    mariam marian mariana marie marija marina mario marion marius mariya mark marko markus
    marlos marta martha martin martina marwin mary masashi massimiliano massimo matej mateja
    mateo mateusz mathew mathias mathieu mathilde matko mats matt matteo matthew matthias
    matthieu maurice mauricio mauro max maxim maxime maximilian maya mayank megan mehdi mehrdad
    mehryar mei meire melanie melissa mengdi mengye merve mia micha michael michal michel
    michela michele michelle miguel mihaela mihai mikael mike mikhail mikko milad milan milos
    min ming mingxing minh mira miranda mirella miriam mirko mohamed mohammad mohammed mohit
    mohsen moksh molly mona monica morgan moritz mostafa moustapha muhammad mukund murat murray
    mustafa nadia nadine nal nan nancy naoki naomi narges nasrin natalia natalie natasha nate
    nathalie nathan nathaniel naveen navin neel neha neil nelson nermin nicholas nick nicky
    nicola nicolas nicole niels nigel nihar nikhil niki nikita nikki niklas nikola nikolai
    nikolaos nikolas nikolaus nikolay nils nima nina niru nishant nitarshan nitish noah noam
    noel nora norbert norman octavian odile ofir olaf oleg oleksandr olga oliver olivia olivier
    omar omer omri onur oren orhan oriol oscar oskar otmar otto pablo paige pamela panagiotis
    paola paolo paras parisa parth pascal pascale pat patricia patrick paul paula pauline paulo
    pavel pawel pedro peng percy petar pete peter petr petra phil philip philipp philippe
    phillip phoebe pierluca pierre pieter pietro ping piotr prabhat pradeep prafulla prakash
    pranav prasad prateek pratik praveen priya puneet qi qian qiang qing quan quentin quoc
    rachel rachit radford radu rafael raffaella raghav raghu rahul raia raj rajat rajesh rakesh
    ralf ralph ramesh rami ramon randall randy raphael raquel rasmus raul ravi ray raymond
    razvan rebecca regina reiner reinhard reinhold remi remy ren renato rene renjie reza ricardo
    riccardo rich richard rick ricky riley rishabh rita rob robbie robert roberta roberto robin
    rodney rodolphe rodrigo roger rohan rohit roi roland rolf romain roman ron ronald ronan
    ronen rory rosa rosalind rosanne ross roxana roy ruben rui ruiqi rupert ruslan russ russell
    rustem ruth ryan ryota sabine sabrina sachin sai sally salvatore sam samantha sami samir
    sampo samuel samy san sandeep sander sandra sanja sanjay sanjeev sanjiv santiago santosh
    sara sarah sarath sascha sasha satinder satoshi saurabh scott sean sebastian sebastien
    sergei sergey sergio seth seung seyed shai shakir shalini shan shane shang shankar shannon
    shanon shaoqing sharan shariq sharon shaul shaun shawn shay sheila shen sheng shengyi sherry
    shibani shikhar shimon shira shirley shiro shiv shlomo shreya shuai shubham shun siddharth
    siddhartha sigrid silvia silvio simon simone sina siqi siva sofia soham solomon song sonia
    sonja sophia sophie soren soroush soumith soumya spencer spyros sridhar srikanth srinivas
    stacy stan stanislav stanislaw stefan stefania stefanie stefano steffen stella stephan
    stephane stephanie stephen stephon steve steven stewart stuart su subhransu suchi sudhir sue
    sumit sunil suraj suresh surya susan susanne suzanne sven svetlana swabha swati sylvain
    sylvia tadashi takashi takeru tal tamar tamara tanja tanya tao tara tarek tarun tatiana
    tatjana ted teresa terrance terry tess thang theo theodor theodore theodoros theresa thibaut
    thien thierry thomas thorsten tian tianqi tianyi tijmen tim timnit timo timon timothee
    timothy tina ting titouan tobias todd tom tomas tomasz tommaso tommi tong toni tony tor
    torsten toshi tracy travis trevor tri tristan troy tuan tuomas tyler uri urs ursula vadim
    valentin valentina valeria valerie valerio vanessa vasilis vasu veronica veronika vibhav
    victor victoria vijay vikas vikash vikram viktor viktoria vincent vineet vinod viola violet
    virginia vitaly vitor vittorio vivek vivian vlad vladimir vladlen volker volodymyr wade
    walter wang wayne wei weijie weizhu wen wendy wenhu wenlong werner wes wesley wilfried
    wilhelm willem william wojciech wolfgang xavier xi xiang xiangyu xiao xiaodong xiaogang
    xiaolong xiaoyu xin xing xinyi xinyun xu xue yaakov yair yan yang yangqing yann yannick
    yannis yao yaroslav yash yasmin yasmine yejin yi yifan yihao yiming yin ying yingbin yinhan
    yiping yizhou yoav yonatan yong yonghui yoram yoshua yosuke yotam you youssef yu yuan
    yuandong yue yufei yuhuai yujia yuki yulia yuliya yun yunhao yura yuri yury yutaka yuval
    yuxin yuxuan yves yvonne zach zachary zack zahra zaid zeming zeynep zhang zhao zhe zhen
    zheng zhengyu zhenhua zhi zhilin zhong zhou zhuang zichao zihang zihao ziv ziyan ziyu zoe
    zoltan zoran zoubin zuzana
    """.split()
)  # fmt: skip

TITLE_WORDS = frozenset(
    """
    a about abstraction accelerate accelerating access accuracy accurate action actions active
    actor adaptation adaptive advances adversarial agent agents aggregated aggregation algorithm
    algorithmic algorithms alignment all ambiguity an analysis analytic and annotated
    application applications applied approach approaches approximate approximation architecture
    architectures are art artificial as aspects assessment assignment association at atomic
    attacks attention augmentation augmented auto autoencoder autoencoders automated automatic
    autonomous autoregressive balance bandits barrier based batch bayesian behavior behaviors
    behaviour benchmark benchmarking benchmarks better beyond bias bidirectional big binary
    biological black block boosting bootstrap bounds box brain bridging building by calculus can
    captioning case catastrophic causal cells chain challenge challenges channel chaos character
    chemistry class classes classification classifier classifiers clinical closed clustering
    code cognitive coherent collaborative collapse collection collisions combinatorial
    communication communications compact comparison complex complexity components composition
    compositional compression computation computational compute computer computers computing
    concept concepts conditional conditioning conformal connections conservation consistency
    constrained constraints construction context contextual continual continuous contrastive
    control controllable convergence conversation convolution convolutional convolutions
    coordination corpus correction corruption cost counterfactual course credit crisis critic
    cross crowdsourcing crystal crystals culture current curriculum curves cutoff data database
    databases dataset datasets decision decisions decoder decoding decomposition decoupled deep
    defense deformable degeneration denoising dense density dependencies depth descent
    description design detecting detection detector development diagnosis dialogue
    differentiable differential differentiation diffusion digital dimension dimensional
    dimensionality direct directed discovery discrete discriminative disentangled disentangling
    distance distillation distributed distribution distributional distributions diversity do
    document does domain domains dreams driven driving dropout dual dynamic dynamics early easy
    economics edge editing effect effective effects efficiency efficient elastic electron
    electronic embedding embeddings emergent empirical encoder encoders end energy engine
    ensemble ensembles entropy environment environments episodic equation equations equilibrium
    error errors estimates estimation evaluating evaluation evidence evolution evolutionary
    exact example examples expansion experience experiments experts explainable explaining
    explanation explanations exploration exponential extraction extrapolation face factor
    factorization factors failure fair fairness false fast faster feature features federated
    feedback few fields fine finite first fitting flow flows for forecasting forests formal
    foundation foundations framework from function functional functions fundamental fusion
    future fuzzy game games gap gates gating gaussian general generalised generalization
    generalized generate generated generating generation generative generator generators genetic
    genome geometric geometry global goal gradient gradients graph graphical graphs guide guided
    hard harmful harnessing hidden hierarchical high hilbert holistic horizon human humans
    hypotheses hypothesis ideas identification image images imbalance imitation impact
    implementation implications implicit importance improved improvement improvements improving
    in inception incremental independent indexing induction inductive inference influence
    information informed initialization input inputs instance instruction instructions integral
    intelligence intelligent interaction interactions interactive interface internal
    international interpolation interpretability interpretable into intractable intrinsic
    introduction invariance invariant inverse inversion investigation is issues it iterated
    iterative joint kernel kernels key knowledge label labels landscape landscapes language
    languages laplacian large laser latent lattice lattices law laws layer layers learn learned
    learner learners learning length lessons level levels libraries library life light
    likelihood limit limitations limits linear local localization logic loss losses low machine
    machines make making manifold manifolds manipulation many map mapping maps margin marginal
    masked matching mathematical mathematics matrices matrix matter matters maximization maximum
    mean means measurement measurements measures measuring mechanics mechanism mechanisms media
    medical medicine memory meta method methods metric metrics minimal minimization minimum
    mining mirror missing mixed mixture mixtures model modeling modelling models modern modular
    molecular molecules momentum monocular more motion multi multilingual multimodal multitask
    natural navigation nearest need negative nets network networking networks neural neuron
    neurons new next noise noisy non nonlinear normalization normalizing not novel nuclear
    number object objective objectives objects observation observations of off offline on one
    online open operations operator operators optical optimal optimization option options order
    oscillations out outcomes outlier over overfitting overview painting pairs paradigm parallel
    parameter parameters parametric parsing part partial particle particles partition
    partitioning past path paths pattern patterns perception performance perspective
    perspectives phase phenomena photonic physics pixel pixels planning plasma play point points
    policies policy polynomial pooling pose power practical practice precision predict
    predicting prediction predictions predictive preference preferences prerequisite pretrained
    pretraining primer principle principles priors probabilistic probability problem problems
    procedural procedure process processes processing program programming programs progress
    projection prompt prompting prompts proof proofs propagation properties prospects protein
    proteins provable proximal pruning quality quantification quantile quantiles quantization
    quantized quantum quasi queries question questions random rank ranking rates ratio rational
    reading real realistic reality reasoning recognition recommendation recommendations
    reconstruction recurrent recursive reduced reducing reduction reference regime region
    regression regret regularisation regularization reinforcement relational relations
    relaxation reliable representation representational representations representing research
    residual residuals resolution resource resources response restoration results rethinking
    retrieval return returns revealing reverse review revisited revisiting reward rewards risk
    robot robotic robotics robots robust robustness role routing rule rules safe safety sample
    samplers samples sampling scalable scale scaling scattering scenario scene scenes scheduling
    schemes science sciences scientific score search segmentation selection self semantic
    semantics semi sensing sensitivity sensor sensors sentence sentences sentiment sequence
    sequences sequential series set sets settings setup shape shapes shared short shortcut
    signal signals similarity simple simplicial simulation simulations simulator single skill
    skills small social society soft softmax software solutions solver solvers solving some
    sound source space spaces sparse sparsity spatial specification specifications spectra
    spectral speech speed spiking spin stability stable standard state states statistical
    statistics steps still stochastic storage stories strategies strategy streams strong
    structural structure structured structures studies study style super superposition
    supervised supervision surface surfaces survey surveys symbolic symmetry synthesis synthetic
    system systems table tables task tasks taxonomy teaching technical techniques technologies
    technology temperature temporal tensor tensors test testing text texts texture that the
    their theorem theorems theoretical theories theory thermodynamics thing things thinking this
    thought thoughts through time times to token tokenization tokens tools top topic topics
    topological topology tracking trade tradeoff traffic train trained training trajectories
    trajectory transfer transferable transform transformation transformations transformer
    transformers transition transitional transitions translation transport traps treatment tree
    trees trends truth tuning tutorial two types uncertainties uncertainty under understand
    understanding unified uniform units universal universe unsupervised update updates use user
    users using value values variable variables variance variational vector vectors verification
    versus via video videos view views vision visual visualization visualizing volume walk walks
    wave waves weak web weight weights what when where which why wide wild with without word
    words work workflow world worlds zero
    """.split()
)  # fmt: skip

# Words that hardly ever end a title.
FUNCTION_WORDS = frozenset(
    "a an the of and or with for to from into via as by at its their using toward towards is are "
    "that than between among per versus vs your our my".split()
)

# Names of well-known bodies, alone or before a word of the above.
BODY_NAMES = frozenset(
    """
    ai2 aleph alice amazon ams-02 antares anthropic apple argus astropy atlas auger babar baidu
    belle besii besiii bicep2 bigscience borexino cdf cello chime cleo cms compass cosine-100
    cresst cuore d0 damic dampe daya deepmind deepseek deepseek-ai delphi des desi desy
    double-chooz dune dzero eboss edelweiss eleutherai euclid exo exo-200 fair fermi fermi-lat
    gaia gemini gemma gerda glm google h1 hawc hess huggingface ibm icecube internlm jade juno
    jwst kagra kamiokande kamland kamland-zen kimi kloe km3net ktev l3 legend lhcb ligo llama
    lofar lsst lux lux-zeplin lz magic majorana meerkat meta microboone microsoft minerva
    miniboone minos mistral mistralai na48 na61 na62 nanograv nllb nova nvidia opal openai opera
    palm pandax pandax-4t phenix pico planck qwen sdss seed ska sno sphenix star
    super-kamiokande t2k tasso theano ua1 ua2 veritas virgo wmap xai xenon xenon1t xenonnt zeus
    """.split()
)  # fmt: skip
