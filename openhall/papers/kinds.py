"""What deeds of this room are done to: papers, the words of papers, and seals."""

from typing import Any

from openhall.deeds.kinds import Kind, register
from openhall.deeds.rules.values import plain
from openhall.glossary import Said
from openhall.organs.queries import organ_called
from openhall.papers.models import Paper, PaperDeed, PaperTemplate, SealImage
from openhall.papers.permissions import may_approve_words, may_confirm_seal, may_seal, may_word
from openhall.papers.rules.templates import faults_of
from openhall.papers.terms import PaperAct, PaperKind
from openhall.versions.kinds import VersionKind, register_versions
from openhall.versions.rules.route import Route, Step
from openhall.versions.terms import VersionAct

PAPER = register(
    Kind(
        name="paper",
        model=Paper,
        events=PaperDeed,
        acts=PaperAct,
        title=Said("文书", "Paper"),
        tells=lambda paper: {"about": paper.about, "organ": paper.organ.code, "form": paper.kind},
        related=("organ",),
    )
)


def _organ_code(version: Any) -> str:
    """Whose version it is; empty: the whole city's."""
    return getattr(version.organ, "code", "")


def _versions_of(name: str, model: Any, title: Said, number: Any, **more: Any) -> Kind:
    return register(
        Kind(
            name=name,
            model=model,
            events=PaperDeed,
            acts=VersionAct,
            title=title,
            number=number,
            tells=lambda version: {"organ": _organ_code(version)},
            related=("organ",),
            **more,
        )
    )


WORDS = register_versions(
    VersionKind(
        kind=_versions_of(
            "paper_words",
            PaperTemplate,
            Said("文书文字", "Words of papers"),
            lambda words: f"{_organ_code(words) or '*'}/{words.kind}/{words.number}",
            loose={
                "drafter_saw_at": "A look at the sheet is no deed; it is taken at any time.",
                "legal_saw_at": "A look at the sheet is no deed; it is taken in review too.",
            },
        ),
        family=("organ", "kind"),
        route=Route(
            write=Step(
                "draft",
                Said("起草", "Drafting"),
                Said(
                    "只有本单位负责人或事项维护人员可以起草文书文字；全市文字由市政府办公厅起草。",
                    "Only the head of this unit or those who keep its items may draft words "
                    "of papers; the General Office of the city government drafts those of the "
                    "whole city.",
                ),
                lambda account, words, day: may_word(account, words.organ, day),
            ),
            publish=Step(
                "legal",
                Said("法制审查", "Legal review"),
                Said(
                    "文书文字由法制审查人员审查批准，起草人不能批准自己的文字（成办发〔2003〕75号）。",
                    "Legal Affairs examines and approves the words of papers; nobody approves "
                    "words they drafted (成办发〔2003〕75号).",
                ),
                may_approve_words,
            ),
        ),
        content=lambda words: {
            "organ": _organ_code(words),
            "paper": words.kind,
            "words": words.words,
        },
        gate=lambda words, first_day: faults_of(PaperKind(words.kind), words.words),
        names={
            "organ": Said("单位", "Unit"),
            "paper": Said("文书种类", "Kind of paper"),
            "words": Said("文字", "Words"),
        },
        terms={"organ": organ_called, "paper": PaperKind},
        called=lambda words: PaperKind(words.kind),
    )
)

_HEAD = Step(
    "head",
    Said("单位负责人", "Head of the unit"),
    Said(
        "只有本单位负责人可以更换印章图形。",
        "Only the head of this unit may change the picture of its seal.",
    ),
    lambda account, seal, day: may_seal(account, seal.organ, day),
)
SEAL = register_versions(
    VersionKind(
        kind=_versions_of(
            "seal",
            SealImage,
            Said("印章图形", "Seal"),
            lambda seal: f"{seal.organ.code}/{seal.number}",
        ),
        family=("organ",),
        route=Route(
            write=_HEAD,
            publish=Step(
                "second",
                Said("第二人确认", "Second person"),
                Said(
                    "印章由本单位另一位负责人或者批准人看过印样后确认启用，"
                    "上传的人不能自己确认（国发〔1999〕25号）。",
                    "Another head of the unit, or who decides there, looks at a sample and puts "
                    "the seal in use; who brought it in may not (国发〔1999〕25号).",
                ),
                lambda account, seal, day: may_confirm_seal(account, seal.organ, day),
            ),
        ),
        content=lambda seal: {
            "organ": seal.organ.code,
            "media_type": seal.media_type,
            "picture": plain(seal.picture),
        },
        names={
            "organ": Said("单位", "Unit"),
            "media_type": Said("图形格式", "Format of the picture"),
            "picture": Said("图形的SHA-256摘要", "SHA-256 digest of the picture"),
        },
        terms={"organ": organ_called, "picture": lambda digest: digest.removeprefix("sha256:")},
        called=lambda seal: Said(seal.organ.name, seal.organ.name_en or seal.organ.name),
    )
)
