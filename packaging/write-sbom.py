#!/usr/bin/env python3
"""Writes the bill of materials: SPDX 2.3 in JSON. The same build gives the same bytes.

usage: write-sbom.py COMPONENTS BINARY NAME LIBRARIES BUNDLE SBOM

COMPONENTS is what components.py writes, NAME the document's name, such as tagboat-0.1.0-linux-amd64, LIBRARIES what
list-libraries.sh says of the binary, BUNDLE the folder that bundle-libraries.sh makes.
"""

import hashlib
import json
import os
import re
import sys
import time
from pathlib import Path

from components import HOME, read


def identifier(*words):
    return "SPDXRef-" + re.sub(r"[^A-Za-z0-9.]+", "-", "-".join(words)).strip("-")


def purl(part):
    """Package URL of a Swift package: its host, its path and its version."""
    return {
        "referenceCategory": "PACKAGE-MANAGER",
        "referenceType": "purl",
        "referenceLocator": f"pkg:swift/{part.home.removeprefix('https://')}@{part.version}",
    }


def package(name, identity, **facts):
    return {"name": name, "SPDXID": identity, "filesAnalyzed": False, **facts}


def main():
    parts = read(sys.argv[1])
    binary, name, libraries, bundle, output = Path(sys.argv[2]), sys.argv[3], *map(Path, sys.argv[4:])
    digest = hashlib.sha256(binary.read_bytes()).hexdigest()
    beside = hashlib.sha256((bundle / "bin/tagboat").read_bytes()).hexdigest()
    bundled = {}
    for line in (bundle / "share/doc/tagboat/libraries/packages").read_text().splitlines()[1:]:
        facts, files = line.split("\t")
        bundled[facts.split()[0]] = (facts, files)
    version = name.removeprefix("tagboat-").rsplit("-linux-", 1)[0]

    program = identifier("Package", "tagboat")
    packages = [package(
        "tagboat", program, versionInfo=version, primaryPackagePurpose="APPLICATION", packageFileName="tagboat",
        checksums=[{"algorithm": "SHA256", "checksumValue": digest}],
        downloadLocation=f"git+{HOME}@v{version}", homepage=HOME, supplier="NOASSERTION",
        licenseConcluded="NOASSERTION", licenseDeclared="Apache-2.0", copyrightText="2026 the tagboat authors",
        comment=f"The tarball's program differs in where it looks for libraries; its SHA-256 is {beside}.",
        externalRefs=[{
            "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
            "referenceLocator": f"pkg:swift/{HOME.removeprefix('https://')}@{version}",
        }],
    )]
    relations = [("SPDXRef-DOCUMENT", "DESCRIBES", program)]

    for part in parts:
        identity = identifier("Package", part.title)
        facts = {
            # Code that was copied into a package has no version of its own.
            **({"versionInfo": part.version} if part.version else {}),
            "primaryPackagePurpose": "LIBRARY",
            "downloadLocation": f"git+{part.home}.git@{part.revision}" if part.revision else "NOASSERTION",
            "homepage": part.home,
            "supplier": "NOASSERTION",
            "licenseConcluded": part.licence,
            "licenseDeclared": part.licence,
            "copyrightText": "\n".join(part.copyright),
        }
        if part.revision:
            facts["externalRefs"] = [purl(part)]
        packages.append(package(part.title, identity, **facts))
        if part.within:
            relations.append((identifier("Package", part.within), "CONTAINS", identity))
        else:
            relations.append((program, "STATIC_LINK", identity))
        relations += [(identity, "DEPENDS_ON", identifier("Package", other)) for other in part.depends]

    direct = {line.split()[0]: line.split("\t")[0] for line in libraries.read_text().splitlines()}
    # The libraries of libraries stand here because the tarball has them.
    for library, facts in {**direct, **{name: facts for name, (facts, _) in bundled.items()}}.items():
        _, installed, architecture, source = facts.split()[:4]
        identity = identifier("Package", "debian", library)
        packages.append(package(
            library, identity, versionInfo=installed, primaryPackagePurpose="LIBRARY", downloadLocation="NOASSERTION",
            supplier="Organization: Debian", licenseConcluded="NOASSERTION", licenseDeclared="NOASSERTION",
            copyrightText="NOASSERTION",
            **({"comment": f"In lib/tagboat of the tarball: {bundled[library][1]}."} if library in bundled else {}),
            sourceInfo=f"built from the Debian source package {source}",
            externalRefs=[{
                "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
                "referenceLocator": f"pkg:deb/debian/{library}@{installed.replace('+', '%2B')}?arch={architecture}",
            }],
        ))
        relations.append((program, "DYNAMIC_LINK" if library in direct else "DEPENDS_ON", identity))

    created = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"])))
    document = {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": name,
        # One name for each content, as the specification asks for (section 6.5).
        "documentNamespace": f"{HOME}/spdx/{name}-{digest[:32]}",
        "creationInfo": {"created": created, "creators": ["Tool: tagboat-write-sbom"]},
        "packages": packages,
        "relationships": [
            {"spdxElementId": one, "relationshipType": kind, "relatedSpdxElement": other} for one, kind, other in relations
        ],
    }
    output.write_text(json.dumps(document, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


main()
