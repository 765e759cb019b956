// SPDX-License-Identifier: Apache-2.0
#include "core/serving/text_stream.h"

#include <cstdio>

namespace lori::serving {

namespace {

constexpr std::string_view kReplacement = "\xef\xbf\xbd"; // what a character that is not whole yet is decoded as

/// Bytes of the text without the replacement characters at its end: the next token may make a character of them.
std::size_t certainLength(std::string_view text)
{
    while (text.ends_with(kReplacement)) {
        text.remove_suffix(kReplacement.size());
    }
    return text.size();
}

} // namespace

ByteIds byteIdsOf(const tokenizer::Tokenizer& tokenizer)
{
    ByteIds ids;
    for (int byte = 0; byte < 256; ++byte) {
        char token[8];
        std::snprintf(token, sizeof token, "<0x%02X>", static_cast<unsigned>(byte));
        if (const auto id = tokenizer.idOf(token)) {
            ids.insert(*id);
        }
    }
    return ids;
}

std::string TextStream::decoded() const
{
    return m_tokenizer->decode(m_ids, tokenizer::SpecialTokens::Skip);
}

std::string TextStream::since(const std::string& text, std::size_t end)
{
    if (end <= m_shown) {
        return {};
    }
    std::string piece = text.substr(m_shown, end - m_shown);
    m_shown = end;
    return piece;
}

/// A long window becomes its last token, where that one has a text of its own for the next ones to stand behind.
void TextStream::shorten(const std::string& text)
{
    if (m_ids.size() < kWindow || m_shown != text.size()) {
        return;
    }
    const std::vector<std::int32_t> last{m_ids.back()};
    const std::string own = m_tokenizer->decode(last, tokenizer::SpecialTokens::Skip);
    if (!own.empty() && own.find(kReplacement) == std::string::npos && text.ends_with(own)) {
        m_ids = last;
        m_shown = own.size();
    }
}

std::string TextStream::push(std::int32_t id)
{
    m_ids.push_back(id);
    const bool isLeftOut = m_inBytes && m_tokenizer->decode({id, id}, tokenizer::SpecialTokens::Skip).empty();
    m_inBytes = m_byteIds->contains(id) || isLeftOut; // a special token does not end a run: decode() does not see it
    if (m_inBytes) {
        return {};
    }
    const std::string text = decoded();
    std::string piece = since(text, certainLength(text));
    shorten(text);
    return piece;
}

std::string TextStream::finish()
{
    const std::string text = decoded();
    return since(text, text.size());
}

} // namespace lori::serving
