"""What deeds of this room are done to. No name of a person stands in what is public."""

from openhall.conduct.models import Assessment, ConductDeed, Deduction, Finding, Training
from openhall.conduct.terms import AssessAct, FindingAct, TrainingAct
from openhall.deeds.kinds import Kind, Owned, register
from openhall.glossary import Said

FINDING = register(
    Kind(
        name="conduct-finding",
        model=Finding,
        events=ConductDeed,
        acts=FindingAct,
        title=Said("检查发现", "Finding"),
        related=("hall__organ", "account"),
        tells=lambda one: {"hall": one.hall.slug},
    )
)
TRAINING = register(
    Kind(
        name="training",
        model=Training,
        events=ConductDeed,
        acts=TrainingAct,
        title=Said("培训", "Training"),
        related=("hall__organ", "account"),
        tells=lambda one: {"hall": one.hall.slug},
    )
)
ASSESSMENT = register(
    Kind(
        name="assessment",
        model=Assessment,
        events=ConductDeed,
        acts=AssessAct,
        title=Said("月度考核", "Assessment of a month"),
        related=("hall__organ", "account"),
        tells=lambda one: {"hall": one.hall.slug, "month": f"{one.month:%Y-%m}"},
        owns=[Owned("deduction", Deduction, "assessment")],
    )
)
