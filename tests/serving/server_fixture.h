// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/serving/server.h"

#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace lori::test {

/// A server over pipes in this process, its work in a thread of its own.
class ServedLines final {
public:
    explicit ServedLines(std::shared_ptr<const model::BaseModel> base, serving::ServerOptions options = {});
    ~ServedLines();
    ServedLines(const ServedLines&) = delete;
    ServedLines& operator=(const ServedLines&) = delete;

    void send(const wire::json& id, const wire::Request& request) { sendText(wire::requestLine(id, request)); }
    void sendText(std::string_view text);
    void endInput();
    void interrupt();
    void closeOutput();
    /// The next answer; null after 60 s or when the output has ended.
    [[nodiscard]] std::optional<wire::ReadAnswer> next();
    /// Answers up to the first one that `isWanted`, which is the last of them.
    [[nodiscard]] std::vector<wire::ReadAnswer> until(const std::function<bool(const wire::ReadAnswer&)>& isWanted);
    /// Sends it and gives its answer; the ones before it are left in `before`.
    [[nodiscard]] wire::Answer ask(const wire::json& id, const wire::Request& request);
    std::vector<wire::ReadAnswer> before;
    /// Waits for the server.
    [[nodiscard]] serving::ServerEnd end();

private:
    int m_input = -1;     ///< written here
    int m_output = -1;    ///< read here
    int m_interrupt = -1; ///< an eventfd
    int m_serverInput = -1;
    int m_serverOutput = -1;
    wire::LineSplitter m_lines;
    serving::ServerEnd m_end = serving::ServerEnd::InputEnded;
    std::jthread m_server;
};

/// The sentence of an error; "" of anything else.
[[nodiscard]] std::string sentenceOf(const wire::Answer& answer);

} // namespace lori::test
