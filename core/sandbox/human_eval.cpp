// SPDX-License-Identifier: Apache-2.0
#include "core/sandbox/human_eval.h"

#include <algorithm>
#include <utility>

namespace lori::sandbox {

std::vector<std::string> humanEvalStopWords(std::string_view endOfText)
{
    std::vector<std::string> words{"\nclass", "\ndef", "\n#", "\n@", "\nprint", "\nif", "\n```", "<file_sep>"};
    if (!endOfText.empty()) {
        words.emplace_back(endOfText);
    }
    return words;
}

std::string cutAtStopWords(std::string_view text, const std::vector<std::string>& stopWords)
{
    std::size_t end = text.size();
    for (const std::string& word : stopWords) {
        if (!word.empty()) {
            end = std::min(end, text.find(word));
        }
    }
    return std::string(text.substr(0, end));
}

Program humanEvalProgram(const std::string& prompt, const std::string& completion, const std::string& test,
                         const std::string& entryPoint)
{
    return {prompt + completion, test + "\ncheck(" + entryPoint + ")", entryPoint, prompt};
}

std::string humanEvalText(const std::string& candidate, const std::string& test, const std::string& entryPoint)
{
    return candidate + "\n\n" + test + "\ncheck(" + entryPoint + ")";
}

Program unitTestProgram(std::string source, std::string tests, std::string entryPoint)
{
    return {std::move(source), std::move(tests), std::move(entryPoint), {}};
}

} // namespace lori::sandbox
