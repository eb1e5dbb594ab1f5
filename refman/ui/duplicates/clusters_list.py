"""The list of groups of duplicates: it stands where it stood when others are found."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from refman.i18n import _
from refman.library.duplicates import Cluster
from refman.ui import theme
from refman.ui.duplicates.arranging import key_of
from refman.ui.duplicates.cluster_delegate import ClusterDelegate
from refman.ui.duplicates.clusters_model import ClustersModel


class ClustersList(QListView):
    """Letters go to the search, Enter and Right into the comparison."""

    cluster_chosen = Signal(object)  # Cluster or None
    opened = Signal()
    typed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Groups of duplicates"))
        self.clusters = ClustersModel(self)
        self.setModel(self.clusters)
        self.setItemDelegate(ClusterDelegate(self))
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(180)
        self.setMinimumHeight(90)
        self.doubleClicked.connect(self.opened)
        self.selectionModel().currentChanged.connect(self._tell)
        theme.theme().changed.connect(self.scheduleDelayedItemsLayout)

    @property
    def current(self) -> Cluster | None:
        row = self.currentIndex().row()
        return self.clusters.clusters[row] if row >= 0 else None

    def show_clusters(
        self, clusters: Sequence[Cluster], prefer: Collection[frozenset[int]] = ()
    ) -> None:
        """Show these, and stand on the first that is of `prefer`, else where it stood: on the
        same group, else on one that has papers of it, else on the next that is left."""
        place = self.currentIndex().row()
        former = self.current
        if former is not None and not prefer and list(clusters) == list(self.clusters.clusters):
            return
        wanted = self._wanted(clusters, place, former, prefer)
        scrolled = self.verticalScrollBar().value()
        told = self.selectionModel().blockSignals(True)
        self.clusters.show_clusters(clusters)
        self.doItemsLayout()
        if wanted >= 0:
            self.select(wanted, scroll=False)
        self.selectionModel().blockSignals(told)
        self.verticalScrollBar().setValue(scrolled)
        if wanted >= 0:
            self.scrollTo(self.clusters.index(wanted))
        self.viewport().update()
        self.cluster_chosen.emit(self.current)

    def _wanted(
        self,
        clusters: Sequence[Cluster],
        place: int,
        former: Cluster | None,
        prefer: Collection[frozenset[int]],
    ) -> int:
        if not clusters:
            return -1
        places = {key_of(each): row for row, each in enumerate(clusters)}
        for key in prefer:
            if key in places:
                return places[key]
        if former is None:
            return 0
        if key_of(former) in places:
            return places[key_of(former)]
        following = [*self.clusters.clusters[place:], *reversed(self.clusters.clusters[:place])]
        ids = set(former.ids)
        overlapping = [
            row for row, each in enumerate(clusters) if len(ids.intersection(each.ids)) > 1
        ]
        if overlapping:
            return overlapping[0]
        return next((places[key_of(each)] for each in following if key_of(each) in places),
                    min(place, len(clusters) - 1))  # fmt: skip

    def select(self, place: int, *, scroll: bool = True) -> None:
        """Stand on the row `place`."""
        index = self.clusters.index(place)
        flags = self.selectionModel().SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect)
        if scroll:
            self.scrollTo(index)

    def step(self, by: int) -> bool:
        """To the next group, or with -1 the one before; whether there is one."""
        place = self.currentIndex().row() + by
        there = 0 <= place < len(self.clusters.clusters)
        if there:
            self.select(place)
        return there

    def _tell(self, _index: QModelIndex) -> None:
        self.cluster_chosen.emit(self.current)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scrollTo(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        opening = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Right)
        if event.key() in opening and plain:
            self.opened.emit()
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, text: str) -> None:
        self.typed.emit(text)
