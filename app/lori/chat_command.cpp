// SPDX-License-Identifier: Apache-2.0
// lori chat: turns from standard input, a terminal or a script, answered by a `lori serve` of its own.
#include "app/lori/chat_options.h"
#include "app/lori/chat_session.h"
#include "app/lori/interrupts.h"
#include "app/lori/model_options.h"

#include <array>
#include <charconv>
#include <csignal>
#include <iostream>
#include <poll.h>
#include <unistd.h>

namespace lori::app {

namespace {

struct ChatArguments {
    ModelOptions model;
    std::vector<std::string> adapters;
    ChatOptions chatOptions;
    ChatStyle style;
};

std::vector<std::string> serveArguments(const ChatArguments& a)
{
    std::vector<std::string> arguments{"--model",   a.model.model,   "--device",  a.model.device,
                                       "--weights", a.model.weights, "--threads", std::to_string(a.model.threads)};
    for (const std::string& adapter : a.adapters) {
        arguments.insert(arguments.end(), {"--adapter", adapter});
    }
    return arguments;
}

/// The next line of standard input; nothing at its end and when interrupted.
class TurnReader final {
public:
    explicit TurnReader(int interrupt) : m_interrupt(interrupt) {}

    std::optional<std::string> next(bool& isInterrupted)
    {
        constexpr std::size_t kReadBytes = 4096;
        for (;;) {
            if (const auto line = m_lines.next()) {
                return line->text;
            }
            std::array<pollfd, 2> each{{{m_interrupt, POLLIN, 0}, {STDIN_FILENO, POLLIN, 0}}};
            if (::poll(each.data(), each.size(), -1) < 0) {
                continue; // a signal, which the next look sees
            }
            if (each[0].revents != 0) {
                isInterrupted = true;
                return std::nullopt;
            }
            std::array<char, kReadBytes> bytes{};
            const ssize_t count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
            if (count <= 0) {
                const auto last = m_lines.rest();
                return last ? std::optional(last->text) : std::nullopt;
            }
            m_lines.add({bytes.data(), static_cast<std::size_t>(count)});
        }
    }

private:
    int m_interrupt;
    wire::LineSplitter m_lines{std::size_t{1} << 24U};
};

enum class After : std::uint8_t { GoOn, Quit };

After command(const std::string& line, ChatSession& session)
{
    const std::size_t space = line.find(' ');
    const std::string name = line.substr(0, space);
    const std::string rest = space == std::string::npos ? "" : line.substr(space + 1);
    if (name == "/quit") {
        return After::Quit;
    }
    if (name == "/clear") {
        session.clear();
    } else if (name == "/system") {
        session.style().system = rest;
    } else if (name == "/seed") {
        std::int64_t seed = -1;
        const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), seed);
        if (read.ec != std::errc() || read.ptr != rest.data() + rest.size() || seed < 0) {
            std::cerr << "lori: a seed is a whole number, 0 or more, not '" << rest << "'\n";
        } else {
            session.style().options.seed = seed;
        }
    } else {
        std::cerr << "lori: there is no " << name << "; there are /clear, /system TEXT, /seed N and /quit\n";
    }
    return After::GoOn;
}

void converse(Context& context, ChatSession& session, int interrupt)
{
    const bool isTerminal = ::isatty(STDIN_FILENO) == 1;
    TurnReader turns(interrupt);
    bool isInterrupted = false;
    for (;;) {
        if (isTerminal) {
            std::cerr << "> " << std::flush;
        }
        std::optional<std::string> line = turns.next(isInterrupted);
        if (!line) {
            break;
        }
        if (!line->empty() && line->back() == '\r') {
            line->pop_back();
        }
        if (line->empty()) {
            continue;
        }
        if (line->front() == '/' ? command(*line, session) == After::Quit : !session.say(*line)) {
            break;
        }
    }
    if (isTerminal && isInterrupted) {
        std::cerr << "\n";
    }
    context.exitCode = isInterrupted ? exitCodeFor(ErrorCode::Interrupted) : isTerminal ? 0 : session.exitCode();
}

void chat(Context& context, ChatArguments a)
{
    const int interrupt = interruptDescriptor();
    std::signal(SIGTERM, SIG_DFL); // the child ends when we do
    a.style.isJson = context.json;
    a.style.variables = wire::json::parse(a.chatOptions.rendering().variables.dump());
    const auto child = ServeChild::start(serveArguments(a));
    ChatSession session(*child, a.adapters, a.style, interrupt);
    if (session.waitUntilReady()) {
        converse(context, session, interrupt);
    } else if (!session.wasInterrupted()) {
        const int code = child->end(); // it said why
        context.exitCode = code == 0 ? 1 : code;
    }
    if (session.wasInterrupted()) {
        child->stop();
        context.exitCode = exitCodeFor(ErrorCode::Interrupted);
    }
}

} // namespace

void addChatCommand(CLI::App& app, Context& context)
{
    const auto a = std::make_shared<ChatArguments>();
    CLI::App* command = app.add_subcommand("chat", "Talk with a model: one line a turn; /clear, /system TEXT, /seed N, /quit");
    command->add_flag("--json", context.json, "Print one JSON object a turn");
    a->model.addTo(*command, false);
    a->model.addWeights(*command);
    a->chatOptions.addTo(*command);
    command->add_option("--adapter", a->adapters, "Adapter folder, or a run; repeatable: each answers in a column of its own")
        ->allow_extra_args(false);
    command->add_option("--system", a->style.system, "Said before the conversation");
    wire::TextOptions& options = a->style.options;
    options.maxNewTokens = 512;
    command->add_option("--max-new", options.maxNewTokens, "New tokens at most")
        ->check(CLI::Range(1, 1 << 20))
        ->capture_default_str();
    command->add_flag("--greedy", options.greedy, "Always take the likeliest token");
    command->add_option("--temperature", options.temperature, "Above 0")->check(CLI::Range(0.0, 100.0))->capture_default_str();
    command->add_option("--top-p", options.topP, "Nucleus, above 0 to 1")->check(CLI::Range(1e-9, 1.0))->capture_default_str();
    command->add_option("--top-k", options.topK, "0 = off")->check(CLI::NonNegativeNumber)->capture_default_str();
    command->add_option("--seed", options.seed, "For sampling")->check(CLI::NonNegativeNumber)->capture_default_str();
    command->callback([&context, a] {
        if (const auto done = guard([&] { chat(context, *a); }); !done) {
            reportError(context, done.error());
        }
    });
}

} // namespace lori::app
