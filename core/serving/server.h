// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/serving/line_output.h"
#include "core/serving/request_worker.h"
#include "core/support/descriptor.h"
#include "core/wire/line_splitter.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace lori::serving {

/// Open descriptors, which stay the caller's.
struct ServerStreams {
    int input = -1;     ///< requests come from here
    int output = -1;    ///< answers go here, and nothing else may
    int interrupt = -1; ///< readable as soon as the server shall end; −1 for none
};

struct ServerOptions {
    Home home;                                        ///< where runs lie that are named by their id
    std::string program;                              ///< program and version
    std::string model;                                ///< as it was named
    std::size_t longestLine = std::size_t{16} << 20U; ///< bytes
};

enum class ServerEnd : std::uint8_t {
    InputEnded,   ///< everything that came was answered
    Quit,         ///< asked to
    Interrupted,  ///< by streams.interrupt
    OutputClosed, ///< nobody reads the answers
};

/// Serves a session over lines of JSON, as MESSAGES.md (core/wire) has it. One thread reads lines, cancels and refuses at once;
/// the caller's thread works requests. SIGPIPE must be ignored.
class Server final {
public:
    Server(Session& session, ServerOptions options, ServerStreams streams);
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Says that it is ready, answers, and returns when it is over. Call once. Throws Exception(Io) when there is no pipe to be
    /// had.
    [[nodiscard]] ServerEnd run();

private:
    void read();
    [[nodiscard]] bool readSome();
    void take(const std::string& line);
    void take(wire::ReadRequest read, std::size_t bytes);
    void cancel(const wire::json& id, const wire::json& target);
    void stop(ServerEnd why);
    void write(const wire::json& id, const wire::Answer& answer) { m_output.write(wire::answerLine(id, answer)); }
    [[nodiscard]] wire::Ready ready() const;

    Session& m_session;
    ServerOptions m_options;
    ServerStreams m_streams;
    LineOutput m_output;
    RequestQueue m_queue;
    wire::LineSplitter m_lines;
    std::optional<Descriptor> m_workEnded; ///< an eventfd that tells the reader
    bool m_isReading = true;               ///< of the reader, as what follows
    wire::json m_quitId;
    ServerEnd m_end = ServerEnd::InputEnded;
};

} // namespace lori::serving
