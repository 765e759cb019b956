// SPDX-License-Identifier: Apache-2.0
#include "core/formats/adapter_record.h"

#include "core/formats/json_fields.h"

namespace lori::formats {

namespace {

constexpr std::int64_t kVersion = 1;

nlohmann::json mergeToJson(const MergeRecord& merge)
{
    nlohmann::json adapters = nlohmann::json::array();
    for (const MergedAdapter& adapter : merge.adapters) {
        adapters.push_back({{"name", adapter.name},
                            {"weight", adapter.weight},
                            {"method", adapter.method},
                            {"fingerprint", adapter.fingerprint}});
    }
    nlohmann::json object{{"type", merge.type},   {"mode", merge.mode}, {"density", merge.density},
                          {"signs", merge.signs}, {"seed", merge.seed}, {"adapters", std::move(adapters)}};
    if (!merge.repeats.empty()) {
        object["repeats"] = merge.repeats;
    }
    return object;
}

std::uint64_t seedOf(const Fields& fields, const char* name)
{
    const nlohmann::json* seed = fields.find(name);
    if (seed == nullptr) {
        return 0;
    }
    if (!seed->is_number_unsigned()) {
        fields.refuse(name, "must be a whole number from 0");
    }
    return seed->get<std::uint64_t>();
}

MergeRecord mergeFromJson(const nlohmann::json& object, const std::string& where)
{
    constexpr double kLargestWeight = 1e9;
    if (!object.is_object() || !object.value("adapters", nlohmann::json()).is_array()) {
        throw Exception(ErrorCode::BadFile, "'merge' must be an object with a list 'adapters'", "merge the adapters again",
                        where);
    }
    const Fields fields(object, where);
    MergeRecord merge{fields.text("type"),        fields.text("mode"),    fields.numberOr("density", 0, 1, 1),
                      fields.textOr("signs", ""), seedOf(fields, "seed"), {}};
    merge.repeats = fields.textOr("repeats", "");
    for (const nlohmann::json& entry : object["adapters"]) {
        if (!entry.is_object()) {
            throw Exception(ErrorCode::BadFile, "an entry of 'merge.adapters' is no object", "merge the adapters again", where);
        }
        const Fields part(entry, where);
        merge.adapters.push_back({part.text("name"), part.number("weight", -kLargestWeight, kLargestWeight),
                                  part.textOr("method", ""), part.textOr("fingerprint", "")});
    }
    return merge;
}

nlohmann::json placeToJson(const AdapterPlace& place)
{
    nlohmann::json rows = nlohmann::json::object();
    for (std::size_t i = 0; i < place.rows.size(); ++i) {
        rows[std::string(projectionName(static_cast<Projection>(i)))] = place.rows[i];
    }
    return {{"family", place.family}, {"module_prefix", place.modulePrefix}, {"rows", std::move(rows)}};
}

AdapterPlace placeFromJson(const nlohmann::json& object, const std::string& where)
{
    if (!object.is_object() || !object.value("rows", nlohmann::json()).is_object()) {
        throw Exception(ErrorCode::BadFile, "'place' must be an object with an object 'rows'", "save the adapter again", where);
    }
    const Fields fields(object, where);
    const Fields rows(object["rows"], where);
    AdapterPlace place{fields.text("family"), fields.text("module_prefix"), {}};
    for (std::size_t i = 0; i < place.rows.size(); ++i) {
        const std::string name(projectionName(static_cast<Projection>(i)));
        place.rows[i] = rows.integer(name.c_str(), 1, std::int64_t{1} << 31);
    }
    return place;
}

} // namespace

nlohmann::json recordToJson(const AdapterRecord& record)
{
    nlohmann::json object{{"version", kVersion},
                          {"method", record.method},
                          {"sparsity", record.sparsity},
                          {"mask_scope", record.maskScope},
                          {"projection_seed", record.projectionSeed},
                          {"projection_hash", record.projectionHash},
                          {"base_fingerprint", record.baseFingerprint},
                          {"parent_run", record.parentRun},
                          {"program", record.program}};
    if (record.orthogonalBlock >= 0) {
        object["orthogonal_block"] = record.orthogonalBlock;
    }
    if (record.merge) {
        object["merge"] = mergeToJson(*record.merge);
    }
    if (record.place) {
        object["place"] = placeToJson(*record.place);
    }
    return object;
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
    record.projectionSeed = seedOf(fields, "projection_seed");
    if (fields.find("orthogonal_block") != nullptr) {
        record.orthogonalBlock = fields.integer("orthogonal_block", 0, 1023);
    }
    record.projectionHash = fields.textOr("projection_hash", "");
    record.baseFingerprint = fields.textOr("base_fingerprint", "");
    record.parentRun = fields.textOr("parent_run", "");
    record.program = fields.textOr("program", "");
    if (const nlohmann::json* merge = fields.find("merge")) {
        record.merge = mergeFromJson(*merge, where);
    }
    if (const nlohmann::json* place = fields.find("place")) {
        record.place = placeFromJson(*place, where);
    }
    return record;
}

} // namespace lori::formats
