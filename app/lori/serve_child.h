// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/support/descriptor.h"
#include "core/wire/line_splitter.h"
#include "core/wire/messages.h"

#include <memory>
#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace lori::app {

/// `lori serve` of this very program as a child, spoken to over pipes. It ends when its input does, so also when we are killed;
/// Ctrl+C reaches us alone.
class ServeChild final {
public:
    /// Throws Exception(Io) when it cannot be started.
    [[nodiscard]] static std::unique_ptr<ServeChild> start(const std::vector<std::string>& arguments);
    ~ServeChild();
    ServeChild(const ServeChild&) = delete;
    ServeChild& operator=(const ServeChild&) = delete;

    /// Throws Exception(Io) when it is gone.
    void send(const wire::json& id, const wire::Request& request);

    struct Heard {
        std::optional<wire::ReadAnswer> answer; ///< nothing: it was an interrupt, or the child has ended
        bool hasEnded = false;
    };
    /// Waits for the next answer, or until `interrupt` is readable.
    [[nodiscard]] Heard next(int interrupt);
    /// Closes its input, cancels what it does and waits for it: its exit code.
    int end();
    /// The same, also while it loads.
    void stop();

private:
    ServeChild(pid_t pid, int input, int output);

    pid_t m_pid;
    Descriptor m_input;
    Descriptor m_output;
    wire::LineSplitter m_lines;
    int m_exitCode = 1;
};

} // namespace lori::app
