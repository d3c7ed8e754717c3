#!/usr/bin/env python3
"""Checks a proof of inclusion (GET /decisions/{id}/proof) without a word of the service's own code.

    python3 examples/verify_proof.py <proof.json> <public key>

It needs Python 3.8 and nothing but its standard library, which has no Ed25519: the signature is checked by
the program `openssl`, 3.0 or newer. Ends with 0 where the proof holds, with 1 where it does not, and with 2
where it cannot tell. What it does, step by step, is section 9 of docs/auditing.md.
"""
import base64
import decimal
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

PROOF = {"form", "leaf", "parts", "leafHash", "size", "hashes", "checkpoint"}
LEAF = {"position", "id", "at", "organisation", "kind", "ruleSetHash", "commitments"}
ED25519 = b"\x01"
BEFORE_THE_KEY = bytes.fromhex("302a300506032b6570032100")  # RFC 8410: what stands before the 32 bytes in DER


class DoesNotHold(Exception):
    """The proof does not hold, and why."""


class CannotTell(Exception):
    """It cannot be told here whether the proof holds, and why."""


def demand(holds, why):
    if not holds:
        raise DoesNotHold(why)


def sha256(*pieces):
    return hashlib.sha256(b"".join(pieces)).digest()


def is_hash(text):
    return isinstance(text, str) and re.fullmatch("[0-9a-f]{64}", text) is not None


def is_whole(value):
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53


# Canonical JSON, RFC 8785.


def number_text(value):
    """A number as ECMAScript writes it: the fewest digits that lead back to it."""
    if value == 0:
        return "0"
    sign, digits, exponent = decimal.Decimal(repr(float(value))).normalize().as_tuple()
    text, count = "".join(map(str, digits)), len(digits)
    point = count + exponent  # how many digits stand before the point
    if count <= point <= 21:
        text += "0" * (point - count)
    elif 0 < point <= 21:
        text = text[:point] + "." + text[point:]
    elif -6 < point <= 0:
        text = "0." + "0" * -point + text
    else:
        fraction = "." + text[1:] if count > 1 else ""
        text = "%s%se%+d" % (text[0], fraction, point - 1)
    return ("-" if sign else "") + text


def canonical(value):
    """No spaces; keys in the order of their UTF-16; texts with as few escapes as can be."""
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return "{" + ",".join(canonical(key) + ":" + canonical(value[key]) for key in keys) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return number_text(value)
    return json.dumps(value, ensure_ascii=False)


def object_of(pairs):
    value = dict(pairs)
    demand(len(value) == len(pairs), "it names a key twice")
    return value


def no_number(text):
    raise DoesNotHold(text + " is no number of JSON")


def fraction_of(text):
    """A number that was written with a point or an exponent; a whole one all the same where it is one."""
    number = float(text)
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def read_json(data):
    return json.loads(
        data.decode("utf-8"), object_pairs_hook=object_of, parse_float=fraction_of, parse_constant=no_number
    )


def read_base64(text):
    data = base64.b64decode(text, validate=True)
    demand(base64.b64encode(data).decode() == text, "a text in base64 is not as it should be written")
    return data


# The tree, RFC 9162.


def node_hash(left, right):
    return sha256(b"\x01", left, right)


def root_of(position, size, leaf_hash, hashes):
    """The root to which the hashes lead from a leaf (RFC 9162, 2.1.3.2)."""
    demand(position < size, "the log of this size has no such entry")
    own, last, root = position, size - 1, leaf_hash
    for other in hashes:
        demand(last > 0, "it has more hashes than its place needs")
        if own % 2 == 1 or own == last:
            root = node_hash(other, root)
            while own % 2 == 0 and own > 0:
                own, last = own // 2, last // 2
        else:
            root = node_hash(root, other)
        own, last = own // 2, last // 2
    demand(last == 0, "it has fewer hashes than its place needs")
    return root


# The checkpoint, a signed note.


def read_key(text):
    """The name, the id and the 32 bytes of a public key: <name>+<id>+<base64 of a byte 1 and the key>."""
    name, key_id, encoded = (text.strip().split("+", 2) + ["", ""])[:3]
    try:
        typed = base64.b64decode(encoded, validate=True)
    except ValueError:
        typed = b""
    own_id = sha256(name.encode() + b"\n", typed).hex()[:8]
    if len(typed) != 33 or typed[:1] != ED25519 or key_id != own_id:
        raise CannotTell("that is no public key of a log")
    return name, bytes.fromhex(key_id), typed[1:]


def signature_holds(text, signature, key):
    with tempfile.TemporaryDirectory() as folder:
        files = {"text": text, "signature": signature, "key": BEFORE_THE_KEY + key}
        for name, data in files.items():
            with open(os.path.join(folder, name), "wb") as file:
                file.write(data)
        command = "openssl pkeyutl -verify -pubin -keyform DER -inkey key -rawin -in text -sigfile signature"
        try:
            ran = subprocess.run(command.split(), cwd=folder, capture_output=True)
        except OSError:
            raise CannotTell("the signature was not checked: there is no openssl") from None
    said = (ran.stdout + ran.stderr).decode("utf-8", "replace")
    if ran.returncode != 0 and "Verification Failure" not in said:
        raise CannotTell("the signature was not checked: openssl says " + said.strip())
    return ran.returncode == 0


def signatures_of(note_end, name, key_id):
    """The signatures of one key among the lines `— <name> <base64 of the id and the signature>`."""
    found = []
    for line in note_end[:-1].split("\n"):
        dash, signer, encoded = line.split(" ")
        data = read_base64(encoded)
        demand(dash == "\u2014", "its checkpoint ends with a line that is no signature")
        if signer == name and data[:4] == key_id:
            found.append(data[4:])
    return found


def checkpoint_of(note, key_text):
    """The size and the root that a checkpoint says, once its signature holds."""
    name, key_id, key = read_key(key_text)
    text, gap, end = note.rpartition("\n\n")
    demand(gap != "" and end.endswith("\n"), "its checkpoint is no signed note")
    signatures = signatures_of(end, name, key_id)
    demand(signatures, "its checkpoint is not signed by this key")
    for signature in signatures:
        demand(signature_holds((text + "\n").encode(), signature, key), "the signature of its checkpoint fails")
    origin, size, root = text.split("\n")[:3]
    demand(origin == name, "its checkpoint is of another log")
    return int(size), read_base64(root)


# The proof itself.


def check_form(proof):
    demand(isinstance(proof, dict) and set(proof) == PROOF, "it is no proof of inclusion")
    demand(proof["form"] == "ketamine-screening/inclusion/1", "it is a proof of another form")
    leaf = proof["leaf"]
    demand(isinstance(leaf, dict) and set(leaf) == LEAF, "its leaf is none")
    demand(is_whole(leaf["position"]) and is_whole(proof["size"]), "its position or its size is none")
    demand(all(map(is_hash, [proof["leafHash"], *proof["hashes"]])), "one of its hashes is none")


def check_parts(leaf, parts):
    """Each part against its commitment: the SHA-256 of the salt and the canonical JSON of the value."""
    demand(set(parts) == set(leaf["commitments"]), "it opens other parts than were committed to")
    for name, part in parts.items():
        demand(set(part) == {"salt", "value"} and is_hash(part["salt"]), "a part has no salt or no value")
        commitment = sha256(bytes.fromhex(part["salt"]), canonical(part["value"]).encode()).hex()
        demand(commitment == leaf["commitments"][name], "the part `%s` was changed" % name)


def check_answer(leaf, parts):
    """What the log says of a decision beside its answer: the id, the rules, and the verdict it is found by."""
    answer = parts["answer"]["value"]
    said = answer["id"], answer["ruleSet"]["sha256"], answer["verdict"]
    stored = leaf["id"], leaf["ruleSetHash"], parts["summary"]["value"]["verdict"]
    demand(said == stored, "the answer says something else than the log does of it")


def check(proof, key_text):
    check_form(proof)
    leaf, parts = proof["leaf"], proof["parts"]
    leaf_hash = sha256(b"\x00", canonical({"leaf": 1, **leaf}).encode())
    demand(leaf_hash.hex() == proof["leafHash"], "the leaf was changed")
    if parts is not None:
        check_parts(leaf, parts)
        if leaf["kind"] == "decision":
            check_answer(leaf, parts)
    size, root = checkpoint_of(proof["checkpoint"], key_text)
    demand(size == proof["size"], "its checkpoint is of another size")
    hashes = map(bytes.fromhex, proof["hashes"])
    demand(root_of(leaf["position"], size, leaf_hash, hashes) == root, "its hashes do not lead to the signed root")


def bytes_of(file):
    try:
        with open(file, "rb") as opened:
            return opened.read()
    except OSError as error:
        raise CannotTell("%s cannot be read (%s)" % (file, error.strerror)) from None


def main(file, key_text):
    try:
        proof = read_json(bytes_of(file))
        check(proof, key_text)
    except CannotTell as why:
        print("cannot tell: %s" % why)
        return 2
    except DoesNotHold as why:
        print("DOES NOT HOLD: %s" % why)
        return 1
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        print("DOES NOT HOLD: it has not the form of a proof")
        return 1
    leaf, size = proof["leaf"], proof["size"]
    print("holds: the %s %s is entry %d of the log of size %d" % (leaf["kind"], leaf["id"], leaf["position"], size))
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python3 verify_proof.py <proof.json> <public key>")
    sys.exit(main(sys.argv[1], sys.argv[2]))
