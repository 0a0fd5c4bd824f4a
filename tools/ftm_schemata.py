"""Write the part of FollowTheMoney's model that kg uses as JSON, for tests on machines without that package.

    python tools/ftm_schemata.py > tests/schemas/ftm.json

followthemoney needs PyICU, which is compiled on the spot; whoever has both runs this after an update, and
`tests/test_exports_readers.py` compares the file with the package where it is installed.
"""

from __future__ import annotations

import json
import sys
from typing import Any

SCHEMATA = (
    *("Person", "Organization", "PublicBody", "Company", "Address", "Position", "Occupancy"),
    *("Event", "UnknownLink", "Article", "Documentation"),
)


def schemata() -> dict[str, Any]:
    """What an entity of each schema must and may say: type of each property, and which schema it may point at."""
    from followthemoney import model

    found: dict[str, Any] = {}
    for name in SCHEMATA:
        schema = model.get(name)
        if schema is None:
            raise LookupError(name)
        found[name] = {
            "is": sorted(each.name for each in schema.schemata),
            "required": sorted(schema.required),
            "properties": {
                prop.name: [prop.type.name, prop.range.name if prop.range else None]
                for prop in sorted(schema.properties.values(), key=lambda prop: prop.name)
                if not prop.stub
            },
        }
    return found


if __name__ == "__main__":
    json.dump(schemata(), sys.stdout, ensure_ascii=False, indent=1, sort_keys=True)
    sys.stdout.write("\n")
