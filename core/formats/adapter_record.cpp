// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_record.h"

#include "core/formats/json_fields.h"

namespace lori::formats {

namespace {

constexpr std::int64_t kVersion = 1;

} // namespace

nlohmann::json recordToJson(const AdapterRecord& record)
{
    return {{"version", kVersion},
            {"method", record.method},
            {"sparsity", record.sparsity},
            {"mask_scope", record.maskScope},
            {"projection_seed", record.projectionSeed},
            {"projection_hash", record.projectionHash},
            {"base_fingerprint", record.baseFingerprint},
            {"parent_run", record.parentRun},
            {"program", record.program}};
}

AdapterRecord recordFromJson(const nlohmann::json& object, const std::string& where)
{
    const Fields fields(object, where);
    if (fields.integer("version", 1, std::int64_t{1} << 31) > kVersion) {
        throw Exception(ErrorCode::NewerVersion, "the adapter's record was written by a newer version of this program",
                        "update this program", where);
    }
    AdapterRecord record;
    record.method = fields.text("method");
    record.sparsity = fields.numberOr("sparsity", 0, 1, 0);
    record.maskScope = fields.textOr("mask_scope", "");
    if (const nlohmann::json* seed = fields.find("projection_seed")) {
        if (!seed->is_number_unsigned()) {
            fields.refuse("projection_seed", "must be a whole number from 0");
        }
        record.projectionSeed = seed->get<std::uint64_t>();
    }
    record.projectionHash = fields.textOr("projection_hash", "");
    record.baseFingerprint = fields.textOr("base_fingerprint", "");
    record.parentRun = fields.textOr("parent_run", "");
    record.program = fields.textOr("program", "");
    return record;
}

} // namespace lori::formats
