"""王芳 with her number, 陈伟 who signs or acts, one item with a form and two papers."""

import io
from dataclasses import dataclass
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

WANG, CHEN = "11010519491231002X", "510104199001010019"
CREDIT_CODE = "91510100MA6ABCDE0L"


def photograph(colour="white", name="章程.png") -> SimpleUploadedFile:
    drawn = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(drawn, "PNG")
    return SimpleUploadedFile(name, drawn.getvalue())


@dataclass
class Scene:
    """The cast, an item that asks two things, and a draft of 王芳."""

    cast: object
    wang: object
    chen: object
    draft: object

    def party(self, **more) -> dict:
        return {
            "acting": "self",
            "kind": "person",
            "name": "王芳",
            "number": WANG,
            "phone": "13800000000",
        } | more

    def filled(self, **party):
        from openhall.applying.actions.drafting import save_draft

        said = {"party": self.party(**party), "answers": {"name": "锦江读书会"}}
        return save_draft(self.draft, said, "papers")


@pytest.fixture
def scene(cast) -> Scene:
    from openhall.applying.actions.drafting import start_draft
    from openhall.catalogue.models import Form, Material
    from openhall.organs.actions import introduce
    from openhall.organs.models import Account

    for key, name in (("charter", "章程草案"), ("id", "申请人身份证件")):
        Material.objects.create(version=cast.version, key=key, name=name)
    Form.objects.create(
        version=cast.version,
        title="申请书",
        fields=[{"key": "name", "kind": "text", "label": "社团名称", "required": True}],
    )
    wang = introduce(cast.wang_fang, real_name="王芳", id_number=WANG, phone="13800000000")
    chen = Account.objects.create_user(username="chen_wei")
    introduce(chen, real_name="陈伟", id_number=CHEN, phone="13900000000")
    return Scene(cast, wang, chen, start_draft(cast.version, wang))


@pytest.fixture
def company(scene, doing):
    from openhall.organs.actions import enter_company, entrust
    from openhall.organs.terms import AgencyKind

    name, since = "成都锦江读书会有限公司", date(2020, 1, 1)
    made = enter_company(doing(None, "2024-01-02 09:00"), credit_code=CREDIT_CODE, name=name)
    entrust(made, scene.chen, AgencyKind.AGENT, since, doing(None, "2024-01-02 09:01"))
    return made
