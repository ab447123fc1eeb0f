from __future__ import annotations

import pytest

from index.diseases import find_diseases


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("miR-21 in asthma", ("asthma",)),
        ("exosomes in Alzheimer's disease", ("Alzheimer",)),
        ("acute myeloid leukaemia and cystic fibrosis", ("leukaemia", "fibrosis")),
        ("miR-210 and pre-eclampsia", ("pre-eclampsia",)),
        ("retinoblastoma", ("retinoblastoma",)),
        ("liver cancer, melanoma and glioma", ()),
        ("how do tumours and diseases spread to metastases", ()),
        ("the stroma of a carcinoma", ()),
    ],
)
def test_specific_diseases_are_found_where_no_site_stands_for_them(text: str, found: tuple[str, ...]):
    """Cancers of the sites are left to these, and words for any disease name none."""
    assert find_diseases(text) == found
