// SPDX-License-Identifier: Apache-2.0
#include "core/events/event.h"
#include "core/events/event_fields.h"

namespace lori::events {

namespace {

template <typename Message>
std::string sectionOf()
{
    Message message;
    FieldDocs docs;
    visitFields(docs, message);
    std::string text = std::string("\n## ") + Message::kType + "\n\n| field | kind | meaning |\n|---|---|---|\n";
    for (const FieldDoc& doc : docs.take()) {
        text.append("| `").append(doc.name).append("` | ").append(doc.kind).append(" | ").append(doc.meaning).append(" |\n");
    }
    return text;
}

template <std::size_t Index = 1>
std::string sections()
{
    if constexpr (Index == std::variant_size_v<Payload>) {
        return {};
    } else {
        return sectionOf<std::variant_alternative_t<Index, Payload>>() + sections<Index + 1>();
    }
}

} // namespace

std::string documentation()
{
    return "# Events of a job\n\nOne JSON object a line in `events.jsonl`: `version` (1), `seq` (from 1, rising), `timeMs` (Unix "
           "time), `type`, and the fields of its type.\nThis page is made from `event_fields.h`; a test keeps both equal.\n" +
           sections();
}

} // namespace lori::events
