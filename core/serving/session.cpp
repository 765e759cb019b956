// SPDX-License-Identifier: Apache-2.0
// A session's adapters: attach, detach, mix, sites. Its answers are in session_requests.cpp.
#include "core/serving/session.h"

#include <algorithm>
#include <set>
#include <utility>

namespace lori::serving {

namespace {

[[noreturn]] void throwUnknown(AdapterHandle handle)
{
    throw Exception(ErrorCode::NotFound, "no adapter is attached under the handle " + std::to_string(handle),
                    "attach it first, or use a handle that attaching gave", "handle");
}

} // namespace

Session::Session(std::shared_ptr<const model::BaseModel> base, std::unique_ptr<tokenizer::Tokenizer> tokenizer,
                 const SessionLimits& limits)
    : m_base{base, base->weightsHash()},
      m_tokenizer(std::move(tokenizer)),
      m_byteIds(byteIdsOf(*m_tokenizer)),
      m_chatForm(chat::ChatForm::fromConfig(base->files().tokenizerConfig)),
      m_folded(limits.foldedBytes),
      m_conversations(limits.conversations, limits.cacheBytes),
      m_active(made({}, {}))
{
}

Result<std::unique_ptr<Session>> Session::create(std::shared_ptr<const model::BaseModel> base, const SessionLimits& limits)
{
    return guard([&] {
        auto tokenizer = tokenizer::Tokenizer::fromJson(base->files().tokenizerJson, base->files().tokenizerConfig).value();
        return std::unique_ptr<Session>(new Session(std::move(base), std::move(tokenizer), limits)); // NOLINT: private
    });
}

AdapterInfo Session::shelve(std::shared_ptr<ShelvedAdapter> adapter)
{
    adapter->info.handle = ++m_lastHandle;
    AdapterInfo info = adapter->info;
    m_adapters.emplace(info.handle, std::move(adapter));
    return info;
}

Result<AdapterInfo> Session::attach(const std::filesystem::path& folder)
{
    return guard([&] { return shelve(openAdapterFolder(m_base.model, folder)); });
}

Result<AdapterInfo> Session::attachCheckpoint(const std::filesystem::path& runFolder)
{
    return guard([&] { return shelve(openRunCheckpoint(m_base.model, runFolder)); });
}

Result<void> Session::detach(AdapterHandle handle)
{
    return guard([&] {
        const auto found = m_adapters.find(handle);
        if (found == m_adapters.end()) {
            throwUnknown(handle);
        }
        Mix mix = m_mix;
        std::erase_if(mix, [&](const MixPart& part) { return part.handle == handle; });
        if (mix.size() != m_mix.size()) {
            m_active = made(mix, m_sitesOff);
            m_mix = std::move(mix);
        }
        m_folded.forget(found->second->info.contentHash);
        m_adapters.erase(found);
    });
}

std::vector<AdapterInfo> Session::adapters() const
{
    std::vector<AdapterInfo> infos;
    for (const auto& [handle, adapter] : m_adapters) {
        infos.push_back(adapter->info);
    }
    return infos;
}

std::unique_ptr<ServedMix> Session::made(const Mix& mix, const std::vector<model::Site>& sitesOff) const
{
    std::vector<ServedMix::Part> parts;
    std::set<AdapterHandle> seen;
    for (const MixPart& part : mix) {
        const auto found = m_adapters.find(part.handle);
        if (found == m_adapters.end()) {
            throwUnknown(part.handle);
        }
        if (!seen.insert(part.handle).second) {
            throw Exception(ErrorCode::InvalidArgument,
                            "the mix names the handle " + std::to_string(part.handle) + " more than once",
                            "give each adapter one weight", "handle");
        }
        parts.push_back({found->second, part.weight});
    }
    const auto layers = static_cast<std::int64_t>(m_base.model->layers().size());
    for (const model::Site site : sitesOff) {
        if (site.layer < 0 || site.layer >= layers) {
            throw Exception(ErrorCode::InvalidArgument,
                            "there is no layer " + std::to_string(site.layer) + ", the model has the layers 0 to " +
                                std::to_string(layers - 1),
                            "name a layer that is there", "sites");
        }
    }
    return std::make_unique<ServedMix>(m_base, std::move(parts), sitesOff);
}

Result<void> Session::setMix(const Mix& mix)
{
    return guard([&] {
        m_active = made(mix, m_sitesOff);
        m_mix = mix;
    });
}

Result<void> Session::setSitesOff(const std::vector<model::Site>& sites)
{
    return guard([&] {
        m_active = made(m_mix, sites);
        m_sitesOff = sites;
    });
}

Result<void> Session::prepare(std::stop_token stop)
{
    return guard([&] { m_folded.prepare(*m_active, stop); });
}

} // namespace lori::serving
