// SPDX-License-Identifier: Apache-2.0
#include "core/downloads/data_sources.h"

namespace lori::downloads {

namespace {

// Repositories at the commit that was read; a commit never changes.
constexpr const char* kAdapters = "AGI-Edgerunners/LLM-Adapters/816657208af4db747803f87ba40a4c71383fed7a/dataset/";
constexpr const char* kSchoolMath = "openai/grade-school-math/3101c7d5072418e28b9008a6636bde82a006892c/grade_school_math/data/";
constexpr const char* kHumanEval = "openai/human-eval/6d43fb980f9fee3c892a914eda09951f772ad10d/data/";
constexpr const char* kCodeAlpaca = "sahil280114/codealpaca/2f78ddc5c682ed6738ad092bbbfa59ba915afcb0/data/";
constexpr const char* kSafetyTuned = "vinid/safety-tuned-llamas/36a4b8d5c2177ed165bf61f59b590161394f7f12/data/";

constexpr const char* kAdaptersLicence = "ODC-By (repository Apache-2.0)";

/// One of the eight sets as LLM-Adapters publishes them: no hashes are known for these.
DataSource choiceSet(const std::string& name, const std::string& folder, const std::string& what, bool hasTrain)
{
    DataSource source{name, "nlu", what, kAdaptersLicence, {}};
    const std::string target = "nlu/" + name + "/";
    source.files.push_back({kAdapters + folder + "/test.json", target + "test.jsonl", Conversion::JsonList, {}, 0});
    if (hasTrain) {
        source.files.push_back({kAdapters + folder + "/train.json", target + "train.jsonl", Conversion::JsonList, {}, 0});
    }
    return source;
}

std::vector<DataSource> makeTable()
{
    return {
        choiceSet("boolq", "boolq", "BoolQ: yes or no questions, without their passages", true),
        choiceSet("piqa", "piqa", "PIQA: which of two ways reaches a goal; test only", false),
        choiceSet("social_i_qa", "social_i_qa", "Social IQa: what people feel and do next", true),
        choiceSet("hellaswag", "hellaswag", "HellaSwag: which ending fits a story", true),
        choiceSet("winogrande", "winogrande", "WinoGrande: which word a sentence means; test only", false),
        choiceSet("arc-easy", "ARC-Easy", "ARC, easy part: school science questions", true),
        choiceSet("arc-challenge", "ARC-Challenge", "ARC, hard part: school science questions", true),
        choiceSet("openbookqa", "openbookqa", "OpenBookQA: science questions that need a fact and common sense", true),
        {"gsm8k",
         "math",
         "GSM8K: school mathematics in words; 1,319 test and 7,473 training rows",
         "MIT",
         {{std::string(kSchoolMath) + "test.jsonl", "math/gsm8k/test.jsonl", Conversion::None,
           "3730d312f6e3440559ace48831e51066acaca737f6eabec99bccb9e4b3c39d14", 749'738},
          {std::string(kSchoolMath) + "train.jsonl", "math/gsm8k/train.jsonl", Conversion::None,
           "17f347dc51477c50d4efb83959dbb7c56297aba886e5544ee2aaed3024813465", 4'166'206}}},
        {"humaneval",
         "code",
         "HumanEval: 164 Python functions with tests",
         "MIT",
         {{std::string(kHumanEval) + "HumanEval.jsonl.gz", "code/HumanEval.jsonl", Conversion::Gunzip,
           "b796127e635a67f93fb35c04f4cb03cf06f38c8072ee7cee8833d7bee06979ef", 44'877}}},
        {"codealpaca",
         "code",
         "Code Alpaca 2k: requests for code with answers, the pilot of the 20k set",
         "CC BY-NC 4.0 (repository Apache-2.0)",
         {{std::string(kCodeAlpaca) + "code_alpaca_2k.json", "code/codealpaca_train.jsonl", Conversion::JsonList, {}, 0}}},
        {"safety-only",
         "safety",
         "Harmful requests with safe answers, for training",
         "CC BY-NC 4.0",
         {{std::string(kSafetyTuned) + "training/safety_only_data_Instructions.json",
           "safety/train_safety_only.jsonl",
           Conversion::JsonList,
           {},
           0}}},
    };
}

} // namespace

const std::vector<DataSource>& dataSources()
{
    static const std::vector<DataSource> table = makeTable(); // immutable
    return table;
}

} // namespace lori::downloads
