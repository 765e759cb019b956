// SPDX-License-Identifier: Apache-2.0
#include "core/serving/server.h"

#include "core/model/weight_tensors.h"
#include "core/serving/wire_values.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <poll.h>
#include <sys/eventfd.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace lori::serving {

namespace {

constexpr std::size_t kReadBytes = std::size_t{1} << 16U;

bool isReady(const pollfd& descriptor)
{
    return descriptor.revents != 0;
}

} // namespace

Server::Server(Session& session, ServerOptions options, ServerStreams streams)
    : m_session(session),
      m_options(std::move(options)),
      m_streams(streams),
      m_output(streams.output),
      m_lines(m_options.longestLine)
{
}

ServerEnd Server::run()
{
    m_workEnded.emplace(::eventfd(0, EFD_CLOEXEC));
    if (m_workEnded->get() < 0) {
        throw Exception(ErrorCode::Io, "there is no descriptor left to be had", "close other programs");
    }
    write(nullptr, ready());
    RequestWorker worker(m_session, m_options.home, [&](const wire::json& id, const wire::Answer& answer) { write(id, answer); });
    {
        std::jthread reader([&] { read(); });
        for (;;) {
            if (const auto idle = m_queue.idle()) {
                worker.useIdleTime(*idle);
            }
            const std::optional<Work> work = m_queue.next();
            if (!work) {
                break;
            }
            const wire::Answer answer = worker.work(*work);
            m_queue.finished(); // first: whoever reads the answer may use the id again
            write(work->id, answer);
        }
        static_cast<void>(::eventfd_write(m_workEnded->get(), 1));
    }
    if (m_end == ServerEnd::Quit) {
        write(m_quitId, wire::Bye{});
    }
    return m_output.isClosed() && m_end == ServerEnd::InputEnded ? ServerEnd::OutputClosed : m_end;
}

wire::Ready Server::ready() const
{
    const model::BaseModel& base = m_session.base();
    wire::Ready ready;
    ready.program = m_options.program;
    ready.model = m_options.model;
    ready.fingerprint = base.fingerprint();
    ready.contextLength = base.config().contextLength;
    ready.layers = static_cast<std::int64_t>(base.layers().size());
    ready.pid = ::getpid();
    ready.device = base.device().str();
    ready.weights = std::string(weightTypeName(base.weightType()));
    ready.adapters = onWire(m_session.adapters());
    ready.mix = onWire(m_session.mix());
    ready.weightsHash = m_session.weightsHash();
    return ready;
}

/// The reader's thread. When there is no more to read it still looks for an interrupt and for a reader who leaves.
void Server::read()
{
    constexpr int kLookMs = 1000; // a closed terminal does not wake a poll
    for (;;) {
        std::array<pollfd, 4> each{{{m_workEnded->get(), POLLIN, 0},
                                    {m_streams.interrupt, POLLIN, 0},
                                    {m_streams.output, 0, 0},
                                    {m_isReading ? m_streams.input : -1, POLLIN, 0}}};
        if (::poll(each.data(), each.size(), kLookMs) < 0 && errno != EINTR) {
            stop(ServerEnd::InputEnded);
            return;
        }
        if (isReady(each[0])) {
            return;
        }
        if (isReady(each[1]) && m_end != ServerEnd::Interrupted) {
            stop(ServerEnd::Interrupted);
            m_streams.interrupt = -1;
        } else if (isReady(each[2]) || m_output.isClosed()) {
            stop(ServerEnd::OutputClosed);
            m_streams.output = -1;
        } else if (m_isReading && isReady(each[3]) && !readSome()) {
            m_isReading = false;
            m_queue.close();
        }
    }
}

/// False when the input has ended.
bool Server::readSome()
{
    std::string bytes(kReadBytes, '\0');
    const ssize_t count = ::read(m_streams.input, bytes.data(), bytes.size());
    if (count < 0) {
        return errno == EINTR || errno == EAGAIN;
    }
    bytes.resize(static_cast<std::size_t>(count));
    m_lines.add(bytes);
    for (auto line = count > 0 ? m_lines.next() : m_lines.rest(); line && m_isReading; line = m_lines.next()) {
        if (line->isTooLong) {
            write(nullptr, wire::failureOf({ErrorCode::InvalidArgument,
                                            "a line is longer than " + std::to_string(m_options.longestLine) + " bytes",
                                            "send less at once", ""}));
        } else {
            take(line->text);
        }
    }
    return count > 0;
}

void Server::take(const std::string& line)
{
    if (line.find_first_not_of(" \t\r") == std::string::npos) {
        return;
    }
    const auto taken = guard([&] { take(wire::requestFromLine(line), line.size()); });
    if (!taken) { // no memory
        write(nullptr, wire::failureOf(taken.error()));
    }
}

void Server::take(wire::ReadRequest read, std::size_t bytes)
{
    if (!read.request) {
        write(read.id, wire::failureOf(read.request.error()));
    } else if (const auto* asked = std::get_if<wire::Cancel>(&*read.request)) {
        cancel(read.id, asked->target);
    } else if (std::holds_alternative<wire::Quit>(*read.request)) {
        m_quitId = read.id;
        stop(ServerEnd::Quit);
    } else if (const auto added = m_queue.add({read.id, std::move(*read.request), bytes}); !added) {
        write(read.id, wire::failureOf(added.error()));
    }
}

void Server::cancel(const wire::json& id, const wire::json& target)
{
    const RequestQueue::Cancelled cancelled = m_queue.cancel(target);
    write(id, wire::Cancelling{target, cancelled.isFound});
    if (cancelled.waiting) {
        write(cancelled.waiting->id, RequestWorker::cancelledAnswer(cancelled.waiting->request));
    }
}

/// What runs and waits is cancelled, and answered for as long as somebody reads.
void Server::stop(ServerEnd why)
{
    constexpr std::chrono::milliseconds kPatience{1000};
    m_end = why;
    m_isReading = false;
    const std::vector<Work> waiting = m_queue.stopAll();
    m_output.giveUpAfter(kPatience);
    for (const Work& work : waiting) {
        write(work.id, RequestWorker::cancelledAnswer(work.request));
    }
}

} // namespace lori::serving
