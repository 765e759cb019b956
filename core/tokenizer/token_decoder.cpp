// SPDX-License-Identifier: Apache-2.0
#include "core/tokenizer/token_decoder.h"

#include "core/tokenizer/byte_alphabet.h"
#include "core/tokenizer/json_steps.h"
#include "core/tokenizer/metaspace.h"
#include "core/tokenizer/utf8.h"

#include <nlohmann/json.hpp>

namespace lori::tokenizer {

using nlohmann::json;

namespace {

constexpr const char* kDecoderPlace = "tokenizer.json: decoder";

void replaceAll(std::string& text, const std::string& from, const std::string& to)
{
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

std::string concatenated(const std::vector<std::string>& tokens)
{
    std::string text;
    for (const std::string& token : tokens) {
        text += token;
    }
    return text;
}

/// Runs of tokens <0x00> … <0xFF> become the text they spell, or one U+FFFD each when they spell none.
std::vector<std::string> withBytesJoined(const std::vector<std::string>& tokens)
{
    std::vector<std::string> result;
    std::string bytes;
    const auto flush = [&] {
        if (!bytes.empty() && repairUtf8(bytes) == bytes) {
            result.push_back(bytes);
        } else {
            result.insert(result.end(), bytes.size(), "\xef\xbf\xbd");
        }
        bytes.clear();
    };
    for (const std::string& token : tokens) {
        if (const auto byte = byteOfToken(token)) {
            bytes += static_cast<char>(*byte);
            continue;
        }
        flush();
        result.push_back(token);
    }
    flush();
    return result;
}

/// Takes up to `start` copies of a character off the front and up to `stop` off the back.
void strip(std::string& token, const std::string& character, std::int64_t start, std::int64_t stop)
{
    for (; start > 0 && token.starts_with(character); --start) {
        token.erase(0, character.size());
    }
    for (; stop > 0 && token.ends_with(character); --stop) {
        token.erase(token.size() - character.size());
    }
}

} // namespace

TokenDecoder::TokenDecoder(const json& description, bool isByteLevel)
{
    if (!description.is_null()) {
        addStep(description);
    } else if (isByteLevel) {
        m_steps.push_back({});
    } else {
        throw Exception(ErrorCode::Unsupported, "the tokenizer does not say how its tokens become text",
                        "download the tokenizer again, or choose another model", kDecoderPlace);
    }
}

void TokenDecoder::addStep(const json& description)
{
    const Step step(description, kDecoderPlace);
    if (step.type() == "Sequence") {
        step.forEach("decoders", [this](const json& entry) { addStep(entry); });
        return;
    }
    DecoderStep result;
    if (step.type() == "ByteLevel") {
        result.kind = Kind::ByteLevel;
    } else if (step.type() == "Replace") {
        result.kind = Kind::Replace;
        result.pattern.push_back(step.pattern());
        result.content = step.text("content");
    } else if (step.type() == "ByteFallback") {
        result.kind = Kind::ByteFallback;
    } else if (step.type() == "Fuse") {
        result.kind = Kind::Fuse;
    } else if (step.type() == "Strip") {
        result.kind = Kind::Strip;
        result.content = step.text("content");
        result.start = step.count("start");
        result.stop = step.count("stop");
        if (result.content.empty()) {
            step.refuse(ErrorCode::BadFile, "'content' must be one character");
        }
    } else if (step.type() == "Metaspace") {
        const Metaspace metaspace(step);
        result.kind = Kind::Metaspace;
        result.content = metaspace.mark;
        result.dropsFirst = metaspace.prepend != Metaspace::Prepend::Never;
    } else {
        step.refuse(ErrorCode::Unsupported, "the decoder '" + step.type() + "' is not supported");
    }
    m_steps.push_back(std::move(result));
}

void TokenDecoder::apply(const DecoderStep& step, std::vector<std::string>& tokens)
{
    switch (step.kind) {
    case Kind::ByteLevel: {
        std::string bytes;
        for (const std::string& token : tokens) {
            bytes += bytesOfToken(token);
        }
        tokens = {repairUtf8(bytes)};
        return;
    }
    case Kind::Replace:
        for (std::string& token : tokens) {
            token = step.pattern.front().replaced(token, step.content);
        }
        return;
    case Kind::ByteFallback:
        tokens = withBytesJoined(tokens);
        return;
    case Kind::Fuse:
        tokens = {concatenated(tokens)};
        return;
    case Kind::Strip:
        for (std::string& token : tokens) {
            strip(token, step.content, step.start, step.stop);
        }
        return;
    case Kind::Metaspace:
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            replaceAll(tokens[i], step.content, i == 0 && step.dropsFirst ? "" : " ");
        }
        return;
    }
}

std::string TokenDecoder::decode(std::vector<std::string> tokens) const
{
    for (const DecoderStep& step : m_steps) {
        apply(step, tokens);
    }
    return concatenated(tokens);
}

} // namespace lori::tokenizer
