// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_files.h"
#include "core/formats/adapter_record.h"
#include "core/formats/json_fields.h"
#include "core/support/files.h"

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <system_error>
#include <unistd.h>

namespace lori::formats {

using nlohmann::json;

namespace {

json namesOf(const std::vector<experiment::Projection>& projections)
{
    json names = json::array();
    for (const experiment::Projection projection : projections) {
        names.push_back(experiment::projectionName(projection));
    }
    return names;
}

json ia3Config(const AdapterToWrite& adapter)
{
    return {{"peft_type", "IA3"},
            {"task_type", "CAUSAL_LM"},
            {"base_model_name_or_path", adapter.baseModel},
            {"inference_mode", true},
            {"target_modules", namesOf(adapter.targets)},
            {"feedforward_modules", namesOf(adapter.feedForward)},
            {"fan_in_fan_out", false},
            {"init_ia3_weights", true},
            {"modules_to_save", nullptr},
            {"revision", nullptr},
            {"auto_mapping", nullptr}};
}

/// Every field whose default in PEFT would not be ours (r, lora_alpha, target_modules) and those that say what this is not.
json peftConfig(const AdapterToWrite& adapter)
{
    if (adapter.kind == AdapterKind::Ia3) {
        return ia3Config(adapter);
    }
    return {{"peft_type", "LORA"},
            {"task_type", "CAUSAL_LM"},
            {"base_model_name_or_path", adapter.baseModel},
            {"inference_mode", true},
            {"r", adapter.rank},
            {"lora_alpha", adapter.alpha},
            {"lora_dropout", 0.0},
            {"target_modules", namesOf(adapter.targets)},
            {"bias", "none"},
            {"fan_in_fan_out", false},
            {"init_lora_weights", true},
            {"use_rslora", adapter.useRslora},
            {"use_dora", adapter.kind == AdapterKind::Dora},
            {"modules_to_save", nullptr},
            {"rank_pattern", json::object()},
            {"alpha_pattern", json::object()},
            {"layers_to_transform", nullptr},
            {"layers_pattern", nullptr},
            {"revision", nullptr},
            {"auto_mapping", nullptr}};
}

void writeContents(const std::filesystem::path& folder, const AdapterToWrite& adapter)
{
    json config = peftConfig(adapter);
    const auto wholeAlpha = static_cast<std::int64_t>(adapter.alpha);
    if (adapter.kind != AdapterKind::Ia3 && static_cast<double>(wholeAlpha) == adapter.alpha) {
        config["lora_alpha"] = wholeAlpha; // PEFT's field is a whole number
    }
    writeFileAtomically(folder / "adapter_config.json", config.dump(2) + "\n").value();
    writeSafetensors(folder / "adapter_model.safetensors", adapter.tensors, {{"format", "pt"}}).value();
    writeFileAtomically(folder / "lori.json", recordToJson(adapter.record).dump(2) + "\n").value();
}

/// Removes a folder that must not stay, whatever happens.
class TemporaryFolder final {
public:
    explicit TemporaryFolder(std::filesystem::path path) : m_path(std::move(path))
    {
        std::filesystem::create_directories(m_path);
    }
    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;
    ~TemporaryFolder()
    {
        std::error_code ignored; // nothing can be done about it here, and the adapter itself is in place or untouched
        std::filesystem::remove_all(m_path, ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

private:
    std::filesystem::path m_path;
};

/// Puts `from` in place of `to` in one step; an older folder `to` is then under the name `from`.
void swapInto(const std::filesystem::path& from, const std::filesystem::path& to)
{
    const unsigned flags = std::filesystem::exists(to) ? RENAME_EXCHANGE : 0U;
    if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), flags) == 0) {
        return;
    }
    if (flags == 0 || (errno != EINVAL && errno != ENOSYS)) {
        throw Exception(errorFromErrno(errno, "cannot put the adapter in place", to));
    }
    // Some file systems cannot exchange names: move the old folder aside first.
    const std::filesystem::path old = from.string() + ".old";
    std::filesystem::rename(to, old);
    std::filesystem::rename(from, to);
    std::filesystem::rename(old, from);
}

void syncFolder(const std::filesystem::path& folder)
{
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor >= 0) {
        ::fsync(descriptor); // best effort: some network file systems refuse it
        ::close(descriptor);
    }
}

} // namespace

namespace {

/// Fills a temporary folder and puts it in place of `folder` in one step.
template <typename Fill>
void replaceFolder(const std::filesystem::path& folder, const Fill& fill)
{
    static std::atomic<unsigned> counter{0}; // only makes temporary names unique within the process
    std::filesystem::path target = std::filesystem::absolute(folder).lexically_normal();
    if (!target.has_filename()) {
        target = target.parent_path(); // written with a slash at the end
    }
    std::filesystem::create_directories(target.parent_path());
    const TemporaryFolder temporary(target.string() + ".tmp." + std::to_string(::getpid()) + "." +
                                    std::to_string(counter.fetch_add(1)));
    fill(temporary.path());
    syncFolder(temporary.path());
    swapInto(temporary.path(), target);
    syncFolder(target.parent_path());
}

} // namespace

Result<void> writeAdapter(const std::filesystem::path& folder, const AdapterToWrite& adapter)
{
    return guard(
        [&] { replaceFolder(folder, [&](const std::filesystem::path& temporary) { writeContents(temporary, adapter); }); });
}

Result<void> writeTrainedModel(const std::filesystem::path& folder, const std::vector<TensorToWrite>& tensors,
                               const AdapterRecord& record)
{
    return guard([&] {
        replaceFolder(folder, [&](const std::filesystem::path& temporary) {
            writeSafetensors(temporary / "model.safetensors", tensors, {{"format", "pt"}}).value();
            writeFileAtomically(temporary / "lori.json", recordToJson(record).dump(2) + "\n").value();
        });
    });
}

Result<AdapterRecord> readAdapterRecord(const std::filesystem::path& folder)
{
    return guard([&] {
        const std::filesystem::path file = folder / "lori.json";
        if (!std::filesystem::exists(file)) {
            throw Exception(ErrorCode::NotFound, "there is no lori.json here", "choose a folder this program wrote",
                            folder.string());
        }
        return recordFromJson(readJsonFile(file), file.string());
    });
}

} // namespace lori::formats
