"""XForms of ODK: the instance, its binds and the body become one form; other XML is refused."""

import pytest

from openhall.forms.importing import NotReadable, read_any
from openhall.forms.rules.answers import answers_of
from openhall.forms.rules.definition import Condition
from tests.rules.forms.test_real_forms import TODAY

pytestmark = pytest.mark.any_database

XFORM = b"""<?xml version="1.0"?>
<h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml"
        xmlns:jr="http://openrosa.org/javarosa">
<h:head><h:title>Household</h:title><model>
<instance><data id="hh"><name/><kind/><people><age/></people><adults/><where/></data></instance>
<itext><translation lang="English"><text id="/data/name:label"><value>Name</value></text>
</translation></itext>
<bind nodeset="/data/name" type="string" required="true()"/>
<bind nodeset="/data/kind" type="select1"/>
<bind nodeset="/data/people" relevant="/data/kind = 'family'"/>
<bind nodeset="/data/people/age" type="int" constraint=". &gt;= 0 and . &lt; 120"/>
<bind nodeset="/data/adults" calculate="count(/data/people)"/>
<bind nodeset="/data/where" type="geopoint"/></model></h:head>
<h:body><input ref="/data/name"><label ref="jr:itext('/data/name:label')"/></input>
<select1 ref="/data/kind"><label>Kind</label><item><label>One</label><value>one</value></item>
<item><label>Family</label><value>family</value></item></select1>
<group ref="/data/people"><label>People of <output value="/data/name"/></label>
<repeat nodeset="/data/people"><input ref="/data/people/age"><label>Age</label></input></repeat>
</group><input ref="/data/where"><label>Where</label></input></h:body></h:html>"""


def test_an_xform_of_odk_is_read_by_its_instance_binds_and_body():
    taken = read_any("household.xml", XFORM)
    fields = {one.key: one for one in taken.form}
    assert (taken.format.en, taken.form.title, taken.lost) == ("ODK XForm", "Household", ())
    assert (fields["name"].label, fields["name"].required) == ("Name", True)
    assert fields["people"].label == "People of \u201cName\u201d"
    assert fields["people"].show_if == Condition("kind", "is", ("family",))
    assert fields["adults"].formula == "count(people)"
    assert fields["where"].kind.value == "text"
    wrong = answers_of(
        taken.form, {"name": "Li", "kind": "family", "people": [{"age": "130"}]}, TODAY
    )
    assert set(wrong.faults) == {"people"}


@pytest.mark.parametrize(
    "told", [b"<a", b"<a/>", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", b"<h:html/>"]
)
def test_an_xml_that_is_no_xform_is_refused(told):
    with pytest.raises(NotReadable):
        read_any("a.xml", told)
