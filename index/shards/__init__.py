"""Vectors made elsewhere: shards, which many machines fill without talking, and from which a library takes what it can.

Each machine has a part of the files (`part`), reads them, and writes the vectors of their texts into shards (`making`),
safetensors files that are whole or not there (`shard`). A library is then made as ever, by an encoder that looks into
the shards first (`shelf`) and encodes only what they lack (`shelved`): it is the library made without them, bit for bit
where all these machines compute alike.

A vector is found by the hash of its text alone. So it does not matter which machine made it, in which order, from which
file, or whether all came; and a vector can never stand for another text.
"""

from index.shards.making import Made, Telling, fill
from index.shards.part import Part, dealt
from index.shards.shelf import Shelf
from index.shards.shelved import Shelved

__all__ = ["Made", "Part", "Shelf", "Shelved", "Telling", "dealt", "fill"]
