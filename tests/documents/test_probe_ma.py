from tests.documents.support import queries_of
from tests.factories import DocumentFactory, OfficeFactory, SectionFactory, DocumentVersionFactory


def test_probe(desk, drafting):
    OfficeFactory(holder=desk.serbia, kind="secretariat")
    doc = DocumentFactory(delegation=desk.serbia, drafting_group=[desk.albania], common=True)

    def cost(path):
        return queries_of(lambda: drafting.get(path, {"abilities": "reasons"}))

    out = []
    for n in (1, 5):
        for _ in range(n):
            SectionFactory(document=doc, delegation=desk.serbia, common=True)
            DocumentVersionFactory(document=doc)
        out.append((cost(f"documents/{doc.pk}/sections"), cost(f"documents/{doc.pk}/versions")))
        got = drafting.get(f"documents/{doc.pk}/versions", {"abilities": "reasons"})
        got.status_code, len(got.json().get("items", []))
        out.append((got.status_code, len(got.json().get("items", []))))
    raise AssertionError(out)
