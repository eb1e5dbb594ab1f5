"""The words of which most journals' names are made, and what ISO 4 makes of them.

Facts of the List of Title Word Abbreviations of the ISSN International Centre. A word that is
not here stays as it is. A new one is written after the short form that it takes.
"""

# Several words that have one short form.
PHRASES = {
    "united states of america": "U. S. A.", "united states": "U. S.", "united kingdom": "U. K.",
    "new england": "N. Engl.", "new york": "N. Y.", "new zealand": "N. Z.",
    "comptes rendus": "C. R.",
}  # fmt: skip

# Dropped wherever they stand.
ARTICLES = frozenset(
    "the a an der die das den dem des le la les el los las il lo gli het een".split()
)
# Dropped but as the first word.
LINKS = frozenset(
    "and or of for in on at by to from with within into upon und oder fur für von zur zum im et ou "
    "du de di del della dello dei e y per pour sur en dans mit auf".split()
)

_LIST = """
abh. abhandlungen; acad. academic academy; account. accountability accounting; acoust. acoustic
acoustics; actuar. actuarial; adapt. adaptive; adm. administration administrative; adv. advanced
advances; aerodyn. aerodynamics; aeronaut. aeronautics; aerosp. aerospace; afr. africa african;
agric. agricultural agriculture; algebr. algebra algebraic; am. america american; an. anales;
anaesth. anaesthesia; anaesthesiol. anaesthesiology; anal. analysis analytic analytical; anat.
anatomical anatomy; anc. ancient; anesth. anesthesia; anesthesiol. anesthesiology; angew.
angewandte; anim. animal; ann. annalen annales annali annals; annu. annuaire annual; anthropol.
anthropological anthropology; antibiot. antibiotics; antimicrob. antimicrobial; antiq. antiquity;
appl. application applications applied; approx. approximate approximation; aquac. aquaculture;
aquat. aquatic; arab. arabian; arch. archiv archive archives; archaeol. archaeological
archaeology; archit. architectural architecture; arith. arithmetic; artif. artificial; assess.
assessment; assoc. association associations; astron. astronomical astronomy; astrophys.
astrophysical astrophysics; asymptot. asymptotic; at. atomic atoms; atheroscler. atherosclerosis;
atmos. atmosphere atmospheric; aust. australia australian; autom. automated automatic automatica
automation; automot. automotive; auton. autonomous; bacteriol. bacteriology; bank. banking; behav.
behavior behavioral behaviors behaviour behavioural; biochem. biochemical biochemistry; biodivers.
biodiversity; bioeng. bioengineering; bioeth. bioethics; biogeogr. biogeography; bioinform.
bioinformatics; biol. biological biologie biology; biom. biometrics biometrika; biomater.
biomaterials; biomech. biomechanics; biomed. biomedical biomedicine; biophys. biophysical
biophysics; biopolym. biopolymers; bioresour. bioresource; biosens. biosensors; biosyst.
biosystems; biotechnol. biotechnology; bol. boletin; boll. bollettino; bot. botanical botany; br.
britain british; braz. brazilian; build. building; bull. bulletin; bus. business; cah. cahiers;
calc. calculus; can. canada canadian; carbohydr. carbohydrate; carcinog. carcinogenesis; card.
cardiac; cardiol. cardiology; cardiovasc. cardiovascular; catal. catalysis catalytic; celest.
celestial; cell. cellular; cem. cement; cent. central; ceram. ceramic ceramics; cereb. cerebral;
chall. challenges; chem. chemical chemie chemistry; chemother. chemotherapy; child. children;
chim. chimica chimie; chin. chinese; chromatogr. chromatographic chromatography; cienc. ciencia
ciencias; circ. circulation; civ. civil; class. classical; classif. classification; clim. climate;
climatol. climatology; clin. clinical clinics; coast. coastal; cogn. cognition cognitive; collect.
collection collections; colloq. colloquium; comb. combinatorial combinatorics; combust.
combustion; comment. commentarii; commer. commerce commercial; commun. communication
communications; comp. comparative; complex. complexity; compos. composite composites; compr.
comprehensive; comput. computation computational computer computers computing; concr. concrete;
condens. condensed; conf. conference; congr. congress; conserv. conservation; constr.
construction; consult. consulting; consum. consumer; contemp. contemporary; contin. continuous
continuum; contrib. contributions; convers. conversion; corp. corporate; corros. corrosion;
cosmet. cosmetic; cosmol. cosmology; creat. creative; crim. criminal; criminol. criminology; crit.
critical; cryptogr. cryptography; cryptol. cryptology; cryst. crystal crystals; crystallogr.
crystallographica crystallography; cult. cultural culture; curr. current; cybern. cybernetics;
cytol. cytology; decis. decision; def. defence defense; demogr. demographic demography; dent.
dental dentistry; dermatol. dermatology; des. design; detect. detection; dev. developing
development developmental; diagn. diagnosis diagnostic diagnostics; dialect. dialectical; differ.
differential; digit. digital; dipl. diplomatic; dis. disease diseases; disabil. disability;
discov. discovery; discret. discrete; discuss. discussion discussions; disord. disorders; dispers.
dispersion; distrib. distributed; divers. diversity; doc. document documentation; dyn. dynamic
dynamical dynamics; earthq. earthquake; ecol. ecological ecology; econ. economic economica
economics economy; econom. econometric econometrica econometrics; ecosyst. ecosystems; educ.
education educational; elast. elasticity; electr. electric electrical; electroanal.
electroanalytical; electrochem. electrochemical electrochemistry; electromagn. electromagnetic;
electron. electronic electronics; elem. elementary; emerg. emergency emerging; empir. empirical;
employ. employment; endocr. endocrine; endocrinol. endocrinology; eng. engineer engineering
engineers; engl. english; entomol. entomological entomology; entrep. entrepreneurship; environ.
environment environmental; enzym. enzyme; epidemiol. epidemiological epidemiology; equ. equations;
ergod. ergodic; ergon. ergonomics; ethn. ethnic; ethnogr. ethnographic; ethnol. ethnology; eur.
europa european; eval. evaluation; evid. evidence; evol. evolution evolutionary; exp. experiment
experimental experiments; explor. exploration; expo. exposure; ext. extended; fam. family; fed.
federal federation; fertil. fertility; financ. finance financial; fish. fisheries fishery; for.
forest forestry; forecast. forecasting; forsch. forschung; found. foundation foundations; fract.
fracture; front. frontiers; funct. function functional; fundam. fundamental fundamentals; g.
giornale; gastroenterol. gastroenterology; gaz. gazette; gen. general; gend. gender; genet.
genetic genetics; genom. genomics; geochem. geochemical geochemistry; geochim. geochimica; geod.
geodesy; geogr. geographical geography; geol. geological geology; geom. geometric geometry;
geomech. geomechanics; geomorphol. geomorphology; geophys. geophysical geophysics; geosci.
geoscience geosciences; geotech. geotechnical; ger. german germany; geriatr. geriatric geriatrics;
gerontol. gerontology; gesch. geschichte; glob. global; gov. governance government; graph.
graphics; gynecol. gynecology; haematol. haematology; handb. handbook; harv. harvard; hebr.
hebrew; hematol. hematology; hepatol. hepatology; hered. heredity; high. higher; hist. historia
historical history; hortic. horticultural horticulture; hosp. hospital; hum. human; humanit.
humanities; hydraul. hydraulic hydraulics; hydrog. hydrogen; hydrol. hydrology; hyg. hygiene;
hypertens. hypertension; identif. identification; illum. illumination; immun. immunity; immunol.
immunological immunology; implement. implementation; ind. industrial industry; inf. information;
infect. infectiology infection infectious; inform. informatics; innov. innovation innovations;
inorg. inorganic; inst. institut institute institution institutions; instrum. instrumentation
instruments; insur. insurance; int. international; integr. integral integrated integration
integrative; intell. intelligence intelligent; interact. interaction interactions interactive;
interdiscip. interdisciplinary; intermet. intermetallics; intern. internal; interv. intervention
interventional interventions; invent. inventiones; investig. investigacion investigation
investigations investigative; irrig. irrigation; ital. italian; j. journal; jahrb. jahrbuch;
jahresber. jahresbericht; jpn. japan japanese; jurisprud. jurisprudence; knowl. knowledge; lab.
laboratory; landsc. landscape; lang. language languages; lat. latin; learn. learned learning;
lect. lecture lectures; leg. legal; leis. leisure; lett. letters; leuk. leukemia; libr. library;
linguist. linguistic linguistics; liq. liquid liquids; lit. literary literature; log. logic
logical; mach. machine machinery machines; macroecon. macroeconomics; macromol. macromolecular
macromolecules; mag. magazine; magn. magnetic magnetics magnetism; manag. management managerial;
manuf. manufacturing; mar. marine; marit. maritime; mark. market marketing markets; mater.
material materials; matern. maternal; math. mathematica mathematicae mathematical mathematics
mathematik mathematische mathematiques; meas. measurement measurements; mech. mechanical mechanics
mechanism mechanisms; mechatron. mechatronics; med. medical medicina medicinal medicine medizin
medizinische; mem. memoirs memory; membr. membrane membranes; ment. mental; met. metal metals;
metab. metabolic metabolism; metall. metallurgical metallurgy; meteorol. meteorological
meteorology; methodol. methodological methodology; metrol. metrology; microb. microbial;
microbiol. microbiological microbiology; microelectron. microelectronics; microfluid.
microfluidics; microsc. microscopy; microw. microwave; mil. military; min. mining; miner. mineral;
mineral. mineralogical mineralogy; mob. mobile; mod. modern; model. modeling modelling models;
mol. molecular molecules; mon. monthly; monit. monitoring; monogr. monographs; mov. movement;
multidiscip. multidisciplinary; multimed. multimedia; multivar. multivariate; mus. museum; mutat.
mutation; mycol. mycology; nanomater. nanomaterials; nanosci. nanoscience; nanotechnol.
nanotechnology; nat. natural nature; natl. national; nav. naval; navig. navigation; nephrol.
nephrology; nerv. nervous; netw. network networking networks; neurobiol. neurobiology; neurochem.
neurochemistry; neurodegener. neurodegeneration; neurol. neurological neurology; neuropathol.
neuropathology; neuropharmacol. neuropharmacology; neurophysiol. neurophysiology; neuropsychol.
neuropsychologia neuropsychology; neurosci. neuroscience neurosciences; neurosurg. neurosurgery;
not. notices; nov. novel; nucl. nuclear; numer. numerical numerische; nurs. nursing; nutr.
nutrition nutritional; obes. obesity; obs. observation observations; obstet. obstetrics; occup.
occupational; oceanogr. oceanographic oceanography; off. official; oncol. oncology;
oper. operation operational operations operators; ophthalmol. ophthalmology; opt. optical optics;
optim. optimal optimisation optimization; optoelectron. optoelectronics; org. organic organisms;
organ. organisation organisational organization organizational organizations; organomet.
organometallic; ornithol. ornithology; orthod. orthodontics; orthop. orthopaedic orthopaedics
orthopedic; osteoporos. osteoporosis; otolaryngol. otolaryngology; oxid. oxidation; pac. pacific;
paediatr. paediatric paediatrics; palaeontol. palaeontology; paleontol. paleontology; pap. papers;
parasitol. parasitology; park. parkinsonism; part. particle particles; pathog. pathogens; pathol.
pathology; pediatr. pediatric pediatrics; pept. peptide; percept. perception perceptual; perform.
performance; periodontol. periodontology; pers. personal personality; perspect. perspective
perspectives; pet. petroleum; petrol. petrology; pharm. pharmaceutical pharmaceutics pharmacy;
pharmacokinet. pharmacokinetics; pharmacol. pharmacological pharmacology; phenom. phenomena;
philol. philological philology; philos. philosophia philosophical philosophie philosophy; phon.
phonetics; photochem. photochemistry; photogramm. photogrammetry; photosynth. photosynthesis;
phys. physica physical physics physik physique; physiol. physiological physiologie physiology;
phytopathol. phytopathology; plan. planning; planet. planetary; plast. plastic plasticity
plastics; pollut. pollution; polym. polymer polymers; popul. population populations; poult.
poultry; pract. practical practice practices; pragmat. pragmatics; precis. precision; predict.
prediction; prelim. preliminary; prev. prevention preventive; prim. primary; princ. principles;
priv. privacy; probab. probability; probl. problem problems; proc. proceedings; process. processes
processing; prod. product production productivity products; prof. profession professional; prog.
progress; progn. prognosis; program. programming; prop. properties property; prot. protection;
proteom. proteomics; protoc. protocols; psychiatr. psychiatric; psychoanal. psychoanalysis;
psychol. psychological psychologie psychologist psychology; psychom. psychometric psychometrika;
psychopharmacol. psychopharmacology; psychophys. psychophysics; psychophysiol. psychophysiology;
psychosoc. psychosocial; psychosom. psychosomatic; psychother. psychotherapy; publ. publication
publications publishing; q. quarterly; qual. qualitative quality; quant. quantitative; r. royal;
radiat. radiation radiative; radiol. radiological radiology; react. reaction reactions; read.
reading; real. reality; reason. reasoning; rec. record records; rech. recherche recherches;
recognit. recognition; ref. reference; reg. region regional; regres. regression; rehabil.
rehabilitation; relat. relations; relativ. relativity; relatsh. relationships; reliab.
reliability; relig. religion religious; renaiss. renaissance; rend. rendiconti; renew. renewable;
rep. report reports; reprod. reproduction reproductive; repub. republic; res. research researches;
resist. resistance; reson. resonance; resour. resource resources; respir. respiration respiratory;
resusc. resuscitation; rev. review reviews revista revue; rheol. rheology; rheumatol.
rheumatology; roman. romance; saf. safety; sampl. sampling; satell. satellite; scand.
scandinavian; scatt. scattering; sch. school; schizophr. schizophrenia; sci. science sciences
scientific scientist; scientometr. scientometrics; secur. security; sediment. sedimentary;
sedimentol. sedimentology; seism. seismic; seismol. seismological seismology; sel. selected;
semant. semantic semantics; semicond. semiconductor; semin. seminars; semiot. semiotics; sens.
sensing sensor sensors; sep. separation; seq. sequences sequential; ser. series; serv. service
services; sex. sexual sexuality; simul. simulation simulations; soc. social sociale sociales
society; sociol. sociological sociology; softw. software; sol. solar; solut. solution; soziol.
soziologie; spat. spatial; spec. special; spectr. spectrum; spectrochim. spectrochimica; spectrom.
spectrometry; spectrosc. spectroscopic spectroscopy; stab. stability; stand. standards; stat.
statistica statistical statistics; stoch. stochastic; strateg. strategic strategies; struct.
structural structure structures; stud. student students studies; stud. studia; supercomput.
supercomputing; supercond. superconductivity; suppl. supplement; surf. surface surfaces; surg.
surgery surgical; surv. survey surveys; sustain. sustainability sustainable; symb. symbolic; symp.
symposia symposium; synth. synthesis synthetic; syst. system systematic systematics systems;
taxon. taxonomy; teach. teaching; tech. technical technik technique techniques technische;
technol. technological technologies technology; telecommun. telecommunication telecommunications;
telemed. telemedicine; text. textile; theor. theoretica theoretical; ther. therapeutic
therapeutics therapy; therm. thermal; thermochim. thermochimica; thermodyn. thermodynamics;
thermophys. thermophysics; thorac. thoracic; thromb. thrombosis; tomogr. tomography; top. topics;
topol. topological topology; tour. tourism; toxicol. toxicological toxicology; train. training;
trans. transaction transactions; transf. transfer; transform. transformation; transit. transition;
transl. translation translational; transm. transmission; transp. transport transportation;
transplant. transplantation; traumatol. traumatology; treat. treatment; tribol. tribology; trop.
tropical; tunn. tunnelling; turbul. turbulence; ultrason. ultrasonics; uncertain. uncertainty;
underst. understanding; univ. university; univers. universal; urol. urological urology; util.
utilization; vac. vacuum; valid. validation; vasc. vascular; veh. vehicle vehicles vehicular;
ventur. venture; verif. verification; vertebr. vertebrate; vet. veterinary; vib. vibration
vibrations; virol. virology; vis. vision visual visualization; vitam. vitamin; vocat. vocational;
volcanol. volcanology; weld. welding; welf. welfare; wildl. wildlife; wirel. wireless; wirtsch.
wirtschaft; wiss. wissenschaft wissenschaften; yearb. yearbook; z. zeitschrift; zool. zoological
zoology; engl. england; sect. section;
acad. academie; univ. universitat universite universita
"""

# Word, in small letters without accents, to its short form.
WORDS = {
    word: short
    for short, *words in (entry.split() for entry in _LIST.replace("\n", " ").split(";"))
    for word in words
}
