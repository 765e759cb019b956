// SPDX-License-Identifier: Apache-2.0
// Figures of a session beside generation::generate, which is what `lori generate` runs: `serving_benchmark MODEL [NEW] [ROUNDS]`.
// The two take turns, so that a busy machine is busy for both; medians are printed, and the best, which a
// busy machine spoils least.
#include "core/adapters/lori_adapter.h"
#include "core/generation/generator.h"
#include "core/model/gemm_choice.h"
#include "core/serving/session.h"
#include "tests/benchmarks/wire_figures.h"

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/Functions.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <unistd.h>

namespace {

using namespace lori;
using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

std::filesystem::path writeAdapter(const std::shared_ptr<const model::BaseModel>& base, const std::filesystem::path& folder,
                                   std::uint64_t seed)
{
    experiment::AdapterConfig config;
    config.projectionSeed = seed;
    auto adapter = adapters::LoriAdapter::create(base, config).value();
    at::Generator generator = at::detail::createCPUGenerator(seed);
    for (adapters::Parameter& parameter : adapter->parameters()) {
        parameter.value.normal_(0, 0.002, generator);
    }
    adapter->parametersChanged();
    adapter->save(folder, "benchmark", {}).value();
    return folder;
}

/// 200 tokens of running text.
std::string promptOf(const tokenizer::Tokenizer& tokenizer)
{
    std::string text;
    for (int i = 1; tokenizer.encode(text).size() < 200; ++i) {
        text += " Item " + std::to_string(i) + " of the list is described in a few words;";
    }
    std::vector<std::int32_t> ids = tokenizer.encode(text);
    ids.resize(200);
    return tokenizer.decode(ids, tokenizer::SpecialTokens::Keep);
}

struct Figures {
    std::vector<double> first, perSecond;
    void add(double firstToken, double all, std::size_t tokens)
    {
        first.push_back(firstToken);
        perSecond.push_back(static_cast<double>(tokens - 1) / (all - firstToken));
    }
    void print(const char* name) const
    {
        std::printf("%-44s first token %7.1f ms, then %6.2f tokens/s (best %.1f, %.2f)\n", name, 1e3 * median(first),
                    median(perSecond), 1e3 * *std::min_element(first.begin(), first.end()),
                    *std::max_element(perSecond.begin(), perSecond.end()));
    }
};

void printTimes(const char* name, const std::vector<double>& seconds)
{
    std::printf("%-44s %8.3f ms (largest %.3f)\n", name, 1e3 * median(seconds),
                1e3 * *std::max_element(seconds.begin(), seconds.end()));
}

class Benchmark final {
public:
    Benchmark(const std::string& model, std::int64_t newTokens, int rounds)
        : m_rounds(rounds), m_folder(std::filesystem::temp_directory_path() / ("serving-" + std::to_string(::getpid())))
    {
        std::filesystem::create_directories(m_folder);
        m_base = model::BaseModel::load(model, at::kCPU, model::measureFasterGemm()).value();
        for (const std::uint64_t seed : {1, 2, 3}) {
            m_adapters.push_back(writeAdapter(m_base, m_folder / std::to_string(seed), seed));
        }
        m_session = serving::Session::create(m_base).value();
        m_request.prompt = promptOf(m_session->tokenizer());
        m_request.options.maxNewTokens = newTokens;
    }
    ~Benchmark() { std::filesystem::remove_all(m_folder); }
    Benchmark(const Benchmark&) = delete;
    Benchmark& operator=(const Benchmark&) = delete;

    void run()
    {
        attachAndSwitch();
        sideBySide();
        columns();
        secondTurn();
        cancel();
    }

private:
    void attachAndSwitch()
    {
        std::vector<double> attach, detach, mix, site, fold;
        for (int round = 0; round < 3 * m_rounds; ++round) {
            Clock::time_point begin = Clock::now();
            const auto handle = m_session->attach(m_adapters[static_cast<std::size_t>(round) % 3]).value().handle;
            attach.push_back(secondsSince(begin));
            begin = Clock::now();
            m_session->setMix({{handle, 0.5}}).value();
            mix.push_back(secondsSince(begin));
            begin = Clock::now();
            m_session->setSitesOff({{3, experiment::Projection::Q}}).value();
            site.push_back(secondsSince(begin));
            m_session->setSitesOff({}).value();
            begin = Clock::now();
            m_session->prepare().value();
            fold.push_back(secondsSince(begin));
            begin = Clock::now();
            m_session->detach(handle).value();
            detach.push_back(secondsSince(begin));
        }
        printTimes("attach (rank 32, all sites)", attach);
        printTimes("set a mix", mix);
        printTimes("switch a site off", site);
        printTimes("detach", detach);
        printTimes("fold a mix, in new memory", fold);
        for (const auto& folder : m_adapters) {
            m_handles.push_back(m_session->attach(folder).value().handle);
        }
        std::vector<double> again;
        for (int round = 0; round < 3 * m_rounds; ++round) {
            m_session->setMix({{m_handles[static_cast<std::size_t>(round) % 3], 1}}).value();
            const Clock::time_point begin = Clock::now();
            m_session->prepare().value();
            again.push_back(secondsSince(begin));
        }
        printTimes("fold a mix, where another one was", again);
    }

    /// As the command: the prompt is encoded, the adapter folded before.
    void plainGenerate(const model::Decoder& decoder, Figures& figures)
    {
        generation::GenerateOptions options = m_request.options;
        options.stopIds = m_base->config().eosIds;
        const Clock::time_point begin = Clock::now();
        double first = 0;
        const std::vector<std::vector<std::int32_t>> prompts{m_session->tokenizer().encode(m_request.prompt)};
        const auto generated = generation::generate(decoder, prompts, options, [&](std::int64_t, std::int64_t) {
                                   first = first == 0 ? secondsSince(begin) : first;
                                   return true;
                               }).value();
        figures.add(first, secondsSince(begin), generated.front().ids.size());
        m_expected = generated.front().ids;
    }

    void sideBySide()
    {
        auto method = adapters::LoriAdapter::load(m_base, m_adapters[0]).value();
        method->prepareInference();
        const model::Decoder decoder(m_base, method.get());
        Figures command, session, served, fresh;
        std::vector<double> switching, reading, writing;
        bool isEqual = true;
        for (int round = 0; round < m_rounds; ++round) {
            plainGenerate(decoder, command);
            m_session->setMix({{m_handles[0], 1}}).value();
            m_session->prepare().value();
            const serving::Answer answer = m_session->generate(m_request).value();
            session.add(answer.secondsToFirstToken, answer.seconds, answer.ids.size());
            isEqual = isEqual && answer.ids == m_expected;
            const wire::Generate text{m_request.prompt, "plain", {m_request.options.maxNewTokens, 0, 1}};
            const benchmarks::WireFigures wire = benchmarks::measureWire(*m_session, text, {{m_handles[1], 1}});
            served.add(wire.firstToken, wire.all, wire.done.ids.size());
            isEqual = isEqual && std::equal(m_expected.begin(), m_expected.end(), wire.done.ids.begin(), wire.done.ids.end());
            switching.push_back(wire.switchMix);
            reading.push_back(wire.cancelReading);
            writing.push_back(wire.cancelWriting);
            m_session->setMix({{m_handles[1], 0.5}, {m_handles[2], 0.25 + 0.01 * round}}).value();
            const serving::Answer mixed = m_session->generate(m_request).value();
            fresh.add(mixed.secondsToFirstToken, mixed.seconds, mixed.ids.size());
        }
        command.print("generation::generate, adapter folded");
        session.print("session, adapter folded");
        served.print("lori serve, as its client sees it");
        fresh.print("session, a mix of two, folded by the request");
        std::printf("%-44s %s\n", "the same tokens", isEqual ? "yes" : "NO");
        printTimes("serve: another mix", switching);
        printTimes("serve: cancel while the prompt is read", reading);
        printTimes("serve: cancel while tokens are written", writing);
    }

    void columns()
    {
        std::vector<double> alone, together;
        std::size_t tokens = 0;
        const std::vector<serving::Mix> mixes{{}, {{m_handles[0], 1}}, {{m_handles[1], 1}}};
        for (int round = 0; round < m_rounds; ++round) {
            const Clock::time_point begin = Clock::now();
            const auto answers = m_session->columns(m_request, mixes).value();
            together.push_back(secondsSince(begin));
            tokens = 0;
            for (const serving::Answer& answer : answers) {
                tokens += answer.ids.size();
            }
            const Clock::time_point second = Clock::now();
            for (const serving::Mix& mix : mixes) {
                m_session->setMix(mix).value();
                static_cast<void>(m_session->generate(m_request).value());
            }
            alone.push_back(secondsSince(second));
        }
        std::printf("%-44s %.2f s together, %.2f s one after the other (%zu tokens)\n", "three columns", median(together),
                    median(alone), tokens);
    }

    void secondTurn()
    {
        serving::ChatRequest request{"bench", {{"user", m_request.prompt}}, nlohmann::ordered_json::object(), {}};
        request.options.maxNewTokens = 24;
        m_session->setMix({{m_handles[0], 1}}).value();
        m_session->prepare().value();
        const serving::Answer first = m_session->chat(request).value();
        request.messages.push_back({"assistant", first.text});
        request.messages.push_back({"user", "And what is item 4?"});
        const serving::Answer second = m_session->chat(request).value();
        m_session->forgetConversation("bench");
        const serving::Answer anew = m_session->chat(request).value();
        std::printf("%-44s %lld of %lld tokens read before, first token %.1f ms (%.1f ms without)\n", "second turn",
                    static_cast<long long>(second.reusedTokens), static_cast<long long>(second.promptTokens),
                    1e3 * second.secondsToFirstToken, 1e3 * anew.secondsToFirstToken);
    }

    void cancel()
    {
        std::vector<double> reading, writing;
        for (int round = 0; round < m_rounds; ++round) {
            for (const bool whileReading : {true, false}) {
                std::stop_source source;
                Clock::time_point asked;
                std::thread asker([&] {
                    std::this_thread::sleep_for(std::chrono::milliseconds(whileReading ? 60 : 1500));
                    asked = Clock::now();
                    source.request_stop();
                });
                serving::TextRequest request = m_request;
                request.options.maxNewTokens = 1000;
                static_cast<void>(m_session->generate(request, {}, source.get_token()).value());
                const Clock::time_point end = Clock::now();
                asker.join();
                (whileReading ? reading : writing).push_back(std::chrono::duration<double>(end - asked).count());
            }
        }
        printTimes("cancel while the prompt is read", reading);
        printTimes("cancel while tokens are written", writing);
    }

    int m_rounds;
    std::filesystem::path m_folder;
    std::shared_ptr<const model::BaseModel> m_base;
    std::vector<std::filesystem::path> m_adapters;
    std::unique_ptr<serving::Session> m_session;
    std::vector<serving::AdapterHandle> m_handles;
    serving::TextRequest m_request;
    std::vector<std::int32_t> m_expected;
};

} // namespace

int main(int argc, char** argv)
{
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    if (argc < 2) {
        std::fprintf(stderr, "serving_benchmark MODEL [NEW] [ROUNDS]\n");
        return 2;
    }
    try {
        Benchmark(argv[1], argc > 2 ? std::atoi(argv[2]) : 48, argc > 3 ? std::atoi(argv[3]) : 5).run();
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "%s\n", problem.what());
        return 1;
    }
    return 0;
}
