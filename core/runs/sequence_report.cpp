// SPDX-License-Identifier: Apache-2.0
#include "core/runs/sequence_report.h"
#include "core/support/home.h"

#include "core/runs/transfer.h"
#include "core/support/files.h"

namespace lori::runs {

namespace {

constexpr const char* kSequenceFile = "sequence.json";

} // namespace

Result<std::optional<experiment::SequenceConfig>> sequenceOf(const jobs::RunFolder& folder)
{
    return guard([&]() -> std::optional<experiment::SequenceConfig> {
        const std::filesystem::path file = folder.path() / kSequenceFile;
        if (!std::filesystem::exists(file)) {
            return std::nullopt;
        }
        return experiment::readSequence(file.string()).value();
    });
}

Result<jobs::RunFolder> createSequenceRun(const Home& home, const experiment::SequenceConfig& sequence)
{
    return guard([&] {
        const experiment::RunConfig config = experiment::expandSequence(sequence).value();
        return jobs::RunFolder::create(home, config, {{kSequenceFile, experiment::toJson(sequence).dump(2) + "\n"}}).value();
    });
}

Result<void> writeTransfer(const jobs::RunFolder& folder, const nlohmann::json& result)
{
    return guard([&] {
        const auto sequence = sequenceOf(folder).value();
        if (!sequence || result.at("stages").back().at("scores").empty()) {
            return;
        }
        const std::vector<TransferRow> rows = transferOf(folder, *sequence, result).value();
        writeFileAtomically(folder.path() / "transfer.json", toJson(rows).dump(2) + "\n").value();
        writeFileAtomically(folder.path() / "transfer.md", "# " + sequence->run.name + "\n\n" + transferText(rows, *sequence))
            .value();
    });
}

} // namespace lori::runs
