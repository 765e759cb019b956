// SPDX-License-Identifier: Apache-2.0
#include "tests/serving/server_fixture.h"

#include <ATen/core/grad_mode.h>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>
#include <utility>

namespace lori::test {

ServedLines::ServedLines(std::shared_ptr<const model::BaseModel> base, serving::ServerOptions options)
    : m_lines(std::size_t{1} << 26U)
{
    std::signal(SIGPIPE, SIG_IGN);
    std::array<int, 2> in{}, out{};
    if (::pipe2(in.data(), O_CLOEXEC) != 0 || ::pipe2(out.data(), O_CLOEXEC) != 0) {
        std::abort();
    }
    m_serverInput = in[0];
    m_input = in[1];
    m_output = out[0];
    m_serverOutput = out[1];
    m_interrupt = ::eventfd(0, EFD_CLOEXEC);
    m_server = std::jthread([this, base = std::move(base), options = std::move(options)] {
        const c10::InferenceMode noGraph;
        const auto session = serving::Session::create(base).value();
        serving::Server server(*session, options, {m_serverInput, m_serverOutput, m_interrupt});
        m_end = server.run();
        ::close(std::exchange(m_serverOutput, -1));
    });
}

ServedLines::~ServedLines()
{
    interrupt();
    static_cast<void>(end());
    for (const int descriptor : {m_input, m_output, m_interrupt, m_serverInput}) {
        if (descriptor >= 0) {
            ::close(descriptor);
        }
    }
}

void ServedLines::sendText(std::string_view text)
{
    writeAllTo(m_input, text, "the server");
}

void ServedLines::endInput()
{
    ::close(std::exchange(m_input, -1));
}

void ServedLines::interrupt()
{
    static_cast<void>(::eventfd_write(m_interrupt, 1));
}

void ServedLines::closeOutput()
{
    ::close(std::exchange(m_output, -1));
}

std::optional<wire::ReadAnswer> ServedLines::next()
{
    constexpr int kPatienceMs = 60'000;
    for (;;) {
        if (const auto line = m_lines.next()) {
            return wire::answerFromLine(line->text).value();
        }
        pollfd ready{m_output, POLLIN, 0};
        std::array<char, 65536> bytes{};
        const ssize_t count = ::poll(&ready, 1, kPatienceMs) == 1 ? ::read(m_output, bytes.data(), bytes.size()) : 0;
        if (count <= 0) {
            return std::nullopt;
        }
        m_lines.add({bytes.data(), static_cast<std::size_t>(count)});
    }
}

std::vector<wire::ReadAnswer> ServedLines::until(const std::function<bool(const wire::ReadAnswer&)>& isWanted)
{
    std::vector<wire::ReadAnswer> answers;
    while (auto answer = next()) {
        answers.push_back(std::move(*answer));
        if (isWanted(answers.back())) {
            break;
        }
    }
    return answers;
}

wire::Answer ServedLines::ask(const wire::json& id, const wire::Request& request)
{
    send(id, request);
    before = until([&](const wire::ReadAnswer& a) { return a.id == id && !std::holds_alternative<wire::Token>(a.answer); });
    if (before.empty()) {
        return wire::Failure{{"internal", "there was no answer", "", ""}};
    }
    wire::Answer answer = std::move(before.back().answer);
    before.pop_back();
    return answer;
}

serving::ServerEnd ServedLines::end()
{
    if (m_server.joinable()) {
        m_server.join();
    }
    return m_end;
}

std::string sentenceOf(const wire::Answer& answer)
{
    const auto* failure = std::get_if<wire::Failure>(&answer);
    return failure != nullptr ? wire::errorOf(*failure).sentence() : "";
}

} // namespace lori::test
