// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/fake_serve.h"

#include "core/wire/line_splitter.h"
#include "core/wire/messages.h"

#include <poll.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <filesystem>
#include <map>
#include <optional>

using namespace lori;
using nlohmann::json;

namespace {

int milliseconds(const char* name, int otherwise)
{
    const char* text = std::getenv(name);
    return text != nullptr ? std::atoi(text) : otherwise;
}

void say(const json& id, const wire::Answer& answer)
{
    const std::string line = wire::answerLine(id, answer);
    std::fwrite(line.data(), 1, line.size(), stdout);
    std::fflush(stdout);
}

class FakeServe final {
public:
    int run(const std::string& model)
    {
        wait(milliseconds("FAKE_LOAD_MS", 20));
        if (model == "no-such-model") {
            say(nullptr, wire::failureOf({ErrorCode::NotFound, "there is no model of this name", "choose another", model}));
            return 2;
        }
        say(nullptr, wire::Ready{.program = "fake",
                                 .model = model,
                                 .contextLength = 2048,
                                 .layers = 2,
                                 .pid = ::getpid(),
                                 .device = "cpu",
                                 .weights = "f32",
                                 .weightsHash = std::string(64, 'b')});
        while (!m_ended || !m_waiting.empty()) {
            if (m_waiting.empty()) {
                wait(1000);
                continue;
            }
            const auto [id, request] = m_waiting.front();
            m_waiting.pop_front();
            m_working = id;
            m_isCancelled = false;
            const wire::Answer answer = std::visit([&](const auto& r) { return work(r); }, request);
            say(id, answer);
            m_working = nullptr;
        }
        return 0;
    }

private:
    /// Takes what comes meanwhile; a cancel ends the wait.
    void wait(int ms)
    {
        pollfd input{m_ended ? -1 : STDIN_FILENO, POLLIN, 0};
        if (::poll(&input, 1, ms) <= 0) {
            return;
        }
        std::array<char, 65536> bytes{};
        const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
        m_ended = count <= 0;
        m_lines.add({bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(count, 0))});
        while (const auto line = m_lines.next()) {
            const wire::ReadRequest read = wire::requestFromLine(line->text);
            if (!read.request) {
                say(read.id, wire::failureOf(read.request.error()));
            } else if (const auto* cancel = std::get_if<wire::Cancel>(&*read.request)) {
                m_isCancelled = m_isCancelled || cancel->target == m_working;
                say(read.id, wire::Cancelling{cancel->target, cancel->target == m_working});
            } else {
                m_waiting.emplace_back(read.id, *read.request);
            }
        }
    }

    std::string nameOf(const std::vector<wire::MixPart>& mix) const
    {
        return mix.empty() ? "base" : std::filesystem::path(m_attached.at(mix.front().handle)).filename().string();
    }
    static std::string hashOf(const std::string& name)
    {
        return name == "base" ? std::string(64, 'b') : (name + std::string(64, 'a')).substr(0, 64);
    }

    wire::Done write(std::int64_t column, const std::string& name, const std::string& prompt, std::size_t messages,
                     const wire::TextOptions& options)
    {
        if (prompt == "die") {
            std::fprintf(stderr, "the fake has died\n");
            std::_Exit(9);
        }
        const std::string less = m_off.empty() || name == "base" ? "" : " less " + std::to_string(m_off.size());
        const std::vector<std::string> pieces{name + less + " says:", " " + prompt,
                                              messages == 1 ? "." : " (" + std::to_string(messages) + " messages)."};
        wire::Done done;
        done.end = "ended";
        for (std::size_t i = 0; prompt == "endless" || i < pieces.size(); ++i) {
            wait(milliseconds("FAKE_TOKEN_MS", 2));
            if (m_isCancelled || static_cast<std::int64_t>(i) == options.maxNewTokens) {
                done.end = m_isCancelled ? "cancelled" : "length";
                break;
            }
            const std::string& piece = pieces[std::min(i, pieces.size() - 1)];
            done.text += piece;
            done.ids.push_back(static_cast<std::int64_t>(i));
            say(m_working, wire::Token{column, piece});
        }
        done.seconds = 0.1;
        done.secondsToFirstToken = 0.02;
        done.tokensPerSecond = 20;
        done.weightsHash = hashOf(name);
        return done;
    }

    wire::Answer work(const wire::Attach& r)
    {
        if (r.folder.find("other-base") != std::string::npos) {
            return wire::failureOf(
                {ErrorCode::Mismatch, "the adapter was trained on another base model", "choose that", r.folder});
        }
        m_attached[++m_lastHandle] = r.folder;
        return wire::Attached{{.handle = m_lastHandle,
                               .kind = "lori-d",
                               .path = r.folder,
                               .rank = 8,
                               .sites = sites(),
                               .contentHash = std::string(64, 'c'),
                               .mixes = true}};
    }
    wire::Answer work(const wire::Detach& r)
    {
        m_attached.erase(r.handle);
        return weights();
    }
    wire::Answer work(const wire::SetMix& r)
    {
        m_mix = r.mix;
        return weights();
    }
    wire::Answer work(const wire::SetSites& r)
    {
        m_off = r.off;
        return weights();
    }
    wire::Answer work(const wire::Chat& r)
    {
        return write(0, nameOf(m_mix), r.messages.back().content, r.messages.size(), r.options);
    }
    wire::Answer work(const wire::Columns& r)
    {
        wire::ColumnsDone done;
        for (std::size_t i = 0; i < r.mixes.size(); ++i) {
            done.columns.push_back(write(static_cast<std::int64_t>(i), nameOf(r.mixes[i]), r.prompt, 1, r.options));
        }
        return done;
    }
    wire::Answer work(const wire::MeasureEffect& r)
    {
        wait(milliseconds("FAKE_EFFECT_MS", 5));
        if (m_isCancelled) {
            return wire::failureOf({ErrorCode::Stopped, "the request was cancelled", "", ""});
        }
        const bool acts = nameOf(m_mix) != "nothing";
        wire::EffectDone done{.meanAbsoluteChange = acts ? 0.5 : 0.0, .tokens = 100, .weightsHash = hashOf(nameOf(m_mix))};
        for (std::size_t i = 0; i < r.probes.size(); ++i) { // all but the first two probes change
            const double other = acts && i > 1 ? -0.1 : -2;
            done.next.push_back({{.tokenId = 7, .token = "Yes", .base = -1, .active = -1},
                                 {.tokenId = 8, .token = "No", .base = -2, .active = other}});
        }
        return done;
    }
    wire::Answer work(const wire::Forget& r) { return wire::Forgotten{r.conversation}; }
    template <typename Other>
    wire::Answer work(const Other& /*request*/)
    {
        return wire::failureOf({ErrorCode::Unsupported, "the fake does not know this", "", ""});
    }
    /// Two layers, each with three projections.
    static std::vector<wire::SitePlace> sites()
    {
        std::vector<wire::SitePlace> places;
        for (std::int64_t layer = 0; layer < 2; ++layer) {
            for (const char* projection : {"q_proj", "v_proj", "down_proj"}) {
                places.push_back({layer, projection});
            }
        }
        return places;
    }
    wire::Answer weights() const { return wire::Weights{.mix = m_mix, .sitesOff = m_off, .weightsHash = hashOf(nameOf(m_mix))}; }

    wire::LineSplitter m_lines{std::size_t{1} << 20U};
    std::deque<std::pair<json, wire::Request>> m_waiting;
    json m_working;
    bool m_isCancelled = false;
    bool m_ended = false;
    std::map<std::int64_t, std::string> m_attached;
    std::int64_t m_lastHandle = 0;
    std::vector<wire::MixPart> m_mix;
    std::vector<wire::SitePlace> m_off;
};

} // namespace

int fakeServe(const std::vector<std::string>& words)
{
    return FakeServe().run(words.back());
}
