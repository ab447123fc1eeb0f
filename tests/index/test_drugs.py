from __future__ import annotations

import pytest

from index.drugs import find_drugs


@pytest.mark.parametrize(
    "names",
    [
        "oxaliplatin tamoxifen raloxifene fluorouracil gemcitabine cytarabine doxorubicin docetaxel melphalan",
        "cyclophosphamide pemetrexed irinotecan etoposide vinblastine vincristine vinorelbine bendamustine ifosfamide",
        "doxycycline temozolomide letrozole fulvestrant goserelin leuprorelin triptorelin enzalutamide vorinostat",
        "trastuzumab gefitinib sorafenib lapatinib nintedanib alpelisib alisertib vismodegib bortezomib olaparib",
        "palbociclib everolimus venetoclax lenalidomide metformin simvastatin celecoxib pioglitazone dexamethasone",
        "methotrexate",
    ],
)
def test_drugs_are_told_by_the_ends_of_their_names(names: str):
    """Every stem has one, in small letters or in others."""
    assert find_drugs(f"what of {', '.join(names.split())}?") == tuple(names.split())
    assert find_drugs(names.upper()) == tuple(names.upper().split())


def test_what_hyphens_tie_to_a_drug_is_no_part_of_it():
    """Nor is what stands around it; each is found as often as it is named."""
    assert find_drugs("Bevacizumab-resistant (5-fluorouracil/cisplatin) cells, cisplatin too") == (
        "Bevacizumab", "fluorouracil", "cisplatin", "cisplatin",
    )  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "cystatin C, angiostatin, endostatin and somatostatin",
        "ghrelin, the mammalian target of rapamycin and its rapamycin-sensitive complex",
        "uracil, dihydrouracil and pseudouracil in RNA, formin at the membrane, a relaxed taxon",
        "cyclin D1 and cyclin-dependent kinases inhibit the cycle",
        "resistance to chemotherapy; drugs; platinum; Christine and Konrad map the nib",
        "serpin, survivin, vimentin, fibronectin, integrin and cadherin",
    ],
)
def test_proteins_and_everyday_words_are_no_drugs(text: str):
    """Statins that are proteins, a base of RNA, and words that only look a little alike."""
    assert find_drugs(text) == ()
