from runtut.documents.actions.archive import (
    archive_version,
    load_archive_classes,
)
from runtut.documents.actions.certificates import (
    ensure_authority,
    renew_authority,
    reseal_keys,
    revoke_lapsed,
    sealed_away,
)
from runtut.documents.actions.comments import (
    comment_on,
)
from runtut.documents.actions.deliveries import (
    accept_delivery,
    prove_delivery,
    send_paper,
)
from runtut.documents.actions.demo import (
    load_demo_signing,
)
from runtut.documents.actions.disposisi import (
    give_disposisi,
    mark_acted,
    mark_read,
    note_carried_out,
)
from runtut.documents.actions.documents import (
    create_document,
    new_version,
    put_document,
    rename_document,
    submit_document,
)
from runtut.documents.actions.enclosing import attach_file, detach_file
from runtut.documents.actions.endorsements import (
    endorse,
    return_document,
)
from runtut.documents.actions.file_texts import ask_for_text, read_missing_texts, read_text
from runtut.documents.actions.files import (
    keep_made_file,
    make_thumbnail,
    store_file,
)
from runtut.documents.actions.handing_over import hand_over_manuscript
from runtut.documents.actions.keeping import keep_once, take_off
from runtut.documents.actions.letters import (
    register_letter,
)
from runtut.documents.actions.logos import (
    drop_logo,
    set_logo,
)
from runtut.documents.actions.manuscripts import (
    continue_document,
    keep_aside,
    open_manuscript,
    replace_text,
    save_manuscript,
)
from runtut.documents.actions.outgoing import (
    enter_outgoing,
    number_document,
    number_signed,
)
from runtut.documents.actions.registers import (
    reserve_number,
    set_template,
    void_number,
)
from runtut.documents.actions.render import (
    render_version,
)
from runtut.documents.actions.retention import (
    load_retention,
    set_retention,
)
from runtut.documents.actions.scans import (
    keep_scan,
    keep_shared_scan,
)
from runtut.documents.actions.signing import (
    PreparedSignature,
    keep_signature,
    prepare_signature,
)
from runtut.documents.actions.signing_choices import (
    choose_signing_way,
)
from runtut.documents.actions.signing_keys import (
    DEMO_PASSPHRASE,
    set_passphrase,
)
from runtut.documents.actions.taken_in import (
    take_in_paper,
)
from runtut.documents.actions.templates import (
    drop_document_template,
    set_document_template,
)
from runtut.documents.actions.turns import (
    ask_for_signature,
    ask_signers,
    excuse_signers,
    stop_asking,
    take_by_hand,
)

__all__ = [
    "DEMO_PASSPHRASE",
    "PreparedSignature",
    "accept_delivery",
    "archive_version",
    "ask_for_signature",
    "ask_for_text",
    "ask_signers",
    "attach_file",
    "choose_signing_way",
    "comment_on",
    "continue_document",
    "create_document",
    "detach_file",
    "drop_document_template",
    "drop_logo",
    "endorse",
    "ensure_authority",
    "enter_outgoing",
    "excuse_signers",
    "give_disposisi",
    "hand_over_manuscript",
    "keep_aside",
    "keep_made_file",
    "keep_once",
    "keep_scan",
    "keep_shared_scan",
    "keep_signature",
    "load_archive_classes",
    "load_demo_signing",
    "load_retention",
    "make_thumbnail",
    "mark_acted",
    "mark_read",
    "new_version",
    "note_carried_out",
    "number_document",
    "number_signed",
    "open_manuscript",
    "prepare_signature",
    "prove_delivery",
    "put_document",
    "read_missing_texts",
    "read_text",
    "register_letter",
    "rename_document",
    "render_version",
    "renew_authority",
    "replace_text",
    "reseal_keys",
    "reserve_number",
    "return_document",
    "revoke_lapsed",
    "save_manuscript",
    "sealed_away",
    "send_paper",
    "set_document_template",
    "set_logo",
    "set_passphrase",
    "set_retention",
    "set_template",
    "stop_asking",
    "store_file",
    "submit_document",
    "take_by_hand",
    "take_in_paper",
    "take_off",
    "void_number",
]
