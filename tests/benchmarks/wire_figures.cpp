// SPDX-License-Identifier: Apache-2.0
#include "tests/benchmarks/wire_figures.h"

#include "core/serving/server.h"
#include "core/serving/wire_values.h"

#include <array>
#include <chrono>
#include <thread>
#include <unistd.h>

namespace lori::benchmarks {

namespace {

using Clock = std::chrono::steady_clock;

double secondsSince(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

class Client final {
public:
    Client(int toServer, int fromServer) : m_to(toServer), m_from(fromServer) {}

    void send(const wire::json& id, const wire::Request& request) { writeAllTo(m_to, wire::requestLine(id, request), "pipe"); }
    wire::ReadAnswer next()
    {
        for (;;) {
            if (const auto line = m_lines.next()) {
                return wire::answerFromLine(line->text).value();
            }
            std::array<char, 65536> bytes{};
            const ssize_t count = ::read(m_from, bytes.data(), bytes.size());
            if (count <= 0) {
                throw Exception(ErrorCode::Io, "the server has ended");
            }
            m_lines.add({bytes.data(), static_cast<std::size_t>(count)});
        }
    }
    wire::Answer answerTo(const wire::json& id)
    {
        for (;;) {
            wire::ReadAnswer read = next();
            if (read.id == id && !std::holds_alternative<wire::Token>(read.answer)) {
                return std::move(read.answer);
            }
        }
    }
    double cancelled(wire::Generate text, bool whileReading)
    {
        text.options.maxNewTokens = 1000;
        send("long", text);
        if (whileReading) {
            std::this_thread::sleep_for(std::chrono::milliseconds(40));
        } else {
            while (!std::holds_alternative<wire::Token>(next().answer)) {
            }
        }
        const Clock::time_point begin = Clock::now();
        send("cancel", wire::Cancel{"long"});
        static_cast<void>(answerTo("long"));
        return secondsSince(begin);
    }

private:
    int m_to;
    int m_from;
    wire::LineSplitter m_lines{std::size_t{1} << 24U};
};

void talk(Client client, const wire::Generate& text, const serving::Mix& mix, const serving::Mix& otherMix, WireFigures& figures)
{
    Clock::time_point begin = Clock::now();
    client.send("text", text);
    for (;;) {
        const wire::ReadAnswer read = client.next();
        if (std::holds_alternative<wire::Token>(read.answer)) {
            figures.firstToken = figures.firstToken == 0 ? secondsSince(begin) : figures.firstToken;
        } else if (read.id == "text") {
            figures.all = secondsSince(begin);
            figures.done = std::get<wire::Done>(read.answer);
            break;
        }
    }
    begin = Clock::now();
    client.send("other", wire::SetMix{serving::onWire(otherMix)});
    static_cast<void>(client.answerTo("other"));
    figures.switchMix = secondsSince(begin);
    client.send("back", wire::SetMix{serving::onWire(mix)});
    figures.cancelReading = client.cancelled(text, true);
    figures.cancelWriting = client.cancelled(text, false);
    client.send("quit", wire::Quit{});
}

} // namespace

WireFigures measureWire(serving::Session& session, const wire::Generate& text, const serving::Mix& otherMix)
{
    std::array<int, 2> in{}, out{};
    if (::pipe(in.data()) != 0 || ::pipe(out.data()) != 0) {
        throw Exception(ErrorCode::Io, "there is no pipe to be had");
    }
    const Descriptor inRead(in[0]), inWrite(in[1]), outRead(out[0]), outWrite(out[1]);
    WireFigures figures;
    const serving::Mix mix = session.mix();
    std::thread client([&] { talk(Client(inWrite.get(), outRead.get()), text, mix, otherMix, figures); });
    static_cast<void>(serving::Server(session, {}, {inRead.get(), outWrite.get()}).run());
    client.join();
    return figures;
}

} // namespace lori::benchmarks
