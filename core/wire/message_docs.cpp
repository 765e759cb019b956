// SPDX-License-Identifier: Apache-2.0
#include "core/wire/message_fields.h"
#include "core/wire/messages.h"

#include <algorithm>

namespace lori::wire {

namespace {

template <typename Message>
bool isNeeded(const std::string& name)
{
    if constexpr (requires { Message::kNeeded; }) {
        return std::find(Message::kNeeded.begin(), Message::kNeeded.end(), name) != Message::kNeeded.end();
    }
    return false;
}

template <typename Message>
std::string sectionOf()
{
    Message message;
    events::FieldDocs docs;
    visitFields(docs, message);
    const auto fields = docs.take();
    std::string text = std::string("\n### ") + Message::kType + "\n\n";
    if (fields.empty()) {
        return text + "No fields.\n";
    }
    text += "| field | kind | meaning |\n|---|---|---|\n";
    for (const events::FieldDoc& doc : fields) {
        text.append("| `").append(doc.name).append("` | ").append(doc.kind).append(isNeeded<Message>(doc.name) ? ", needed" : "");
        text.append(" | ").append(doc.meaning).append(" |\n");
    }
    return text;
}

template <typename Variant, std::size_t Index>
std::string sections()
{
    if constexpr (Index == std::variant_size_v<Variant>) {
        return {};
    } else {
        return sectionOf<std::variant_alternative_t<Index, Variant>>() + sections<Variant, Index + 1>();
    }
}

constexpr const char* kIntroduction = R"(# Messages of `lori serve`

One JSON object a line, in UTF-8, at most 16 MiB long and 32 levels deep: requests on standard input, answers on standard output,
where nothing else is ever written. This page is made from `message_fields.h`; a test keeps both equal.

- The first line out is `ready`. After it, every request `{"id": 7, "type": "generate", …}` gets one answer with its `id`, a number
  or a text that the client chooses; `token` lines with that `id` may come before it. An `id` may be used again once it is answered.
- Requests are worked one at a time, in their order. `cancel`, `quit` and lines that are refused are answered at once.
- What cannot be done is answered by `error`, one sentence in its parts, and changes nothing. Its `id` is null when the line did not
  say one.
- A request that was cancelled is answered as ever: a text by what it has so far, with the end `cancelled`; others by the error
  `stopped`. One that still waited is answered at once. `attach` and the switches are over too soon to be stopped.
- End of input: what waits is worked, then the program ends. `quit`, SIGINT and SIGTERM: what runs and waits is cancelled, then it
  ends. Closed standard output: it ends.

| request | its answer |
|---|---|
| `attach` | `attached` |
| `adapters` | `adapters` |
| `detach`, `mix`, `sites`, `hash` | `weights` |
| `generate`, `chat` | `token` …, `done` |
| `columns` | `token` …, `columns` |
| `effect`, `options`, `forget` | `effect`, `options`, `forgotten` |
| `cancel` | `cancelling` |
| `quit` | `bye` |
)";

} // namespace

std::string documentation()
{
    return std::string(kIntroduction) + "\n## Requests\n" + sections<Request, 0>() + "\n## Answers\n" + sections<Answer, 1>();
}

} // namespace lori::wire
