"""The rows of the list of duplicates: a group of papers each."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from refman.library.duplicates import Cluster
from refman.ui.duplicates import wording

CLUSTER = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class ClustersModel(QAbstractListModel):
    """One column, as many rows as there are groups."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.clusters: Sequence[Cluster] = ()

    def show_clusters(self, clusters: Sequence[Cluster]) -> None:
        """Show these."""
        self.beginResetModel()
        self.clusters = clusters
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.clusters)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cluster = self.clusters[index.row()]
        if role == CLUSTER:
            return cluster
        if role == Qt.ItemDataRole.DisplayRole:
            return wording.title_of(cluster)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{wording.title_of(cluster)}. {wording.note_of(cluster)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            lines = (wording.title_of(cluster), wording.note_of(cluster))
            return "\n".join((*lines, *wording.reasons_of(cluster)[1:]))
        return None
