from runtut.documents.models.archive import (
    ArchiveClass,
    ArchiveEnclosure,
    ArchiveRecord,
)
from runtut.documents.models.document import (
    Document,
    DocumentComment,
    DocumentReturn,
    DocumentVersion,
    Endorsement,
)
from runtut.documents.models.expedition import (
    Delivery,
    OutgoingLetter,
)
from runtut.documents.models.file import FileText, StoredFile, Thumbnail
from runtut.documents.models.letter import (
    Disposisi,
    DisposisiRecipient,
    IncomingLetter,
)
from runtut.documents.models.manuscript import (
    DocumentTemplate,
    Manuscript,
    ManuscriptAttachment,
    ManuscriptCopy,
    OfficeLogo,
    VersionAttachment,
)
from runtut.documents.models.register import (
    Register,
    RegisterEntry,
)
from runtut.documents.models.retention import (
    RetentionRule,
)
from runtut.documents.models.signing import (
    Certificate,
    CertificateAuthority,
    Signature,
    SignerTurn,
    SigningChoice,
    SigningKey,
)

__all__ = [
    "ArchiveClass",
    "ArchiveEnclosure",
    "ArchiveRecord",
    "Certificate",
    "CertificateAuthority",
    "Delivery",
    "Disposisi",
    "DisposisiRecipient",
    "Document",
    "DocumentComment",
    "DocumentReturn",
    "DocumentTemplate",
    "DocumentVersion",
    "Endorsement",
    "FileText",
    "IncomingLetter",
    "Manuscript",
    "ManuscriptAttachment",
    "ManuscriptCopy",
    "OfficeLogo",
    "OutgoingLetter",
    "Register",
    "RegisterEntry",
    "RetentionRule",
    "Signature",
    "SignerTurn",
    "SigningChoice",
    "SigningKey",
    "StoredFile",
    "Thumbnail",
    "VersionAttachment",
]
