// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/services/chat_service.h"

#include "ui/services/chat_answers.h"
#include "ui/services/serve_process.h"

#include <algorithm>
#include <utility>

namespace lori::ui {

namespace fs = std::filesystem;

using chat_answers::cancelled;
using chat_answers::errorIn;

namespace {

constexpr double kMsPerSecond = 1000;

} // namespace

ChatService::ChatService(Home home, QObject* parent) : QObject(parent), m_home(std::move(home)) {}

ChatService::~ChatService() = default;

double ChatService::loadingSeconds() const
{
    return m_state == State::Loading ? static_cast<double>(m_loading.elapsed()) / kMsPerSecond : 0;
}

std::int64_t ChatService::memoryBytes() const
{
    return m_process == nullptr ? 0 : m_process->memoryBytes();
}

std::int64_t ChatService::pid() const
{
    return m_process == nullptr ? 0 : m_process->pid();
}

const ChatAdapter* ChatService::adapter(const fs::path& folder) const
{
    const auto found = m_adapters.find(folder);
    return found == m_adapters.end() ? nullptr : &found->second;
}

void ChatService::use(const QString& model, const std::vector<fs::path>& adapters)
{
    for (auto it = m_adapters.begin(); it != m_adapters.end();) {
        const bool wanted = std::find(adapters.begin(), adapters.end(), it->first) != adapters.end();
        if (!wanted && it->second.attached) {
            m_unwanted.push_back(it->second.attached->handle);
        }
        it = wanted ? std::next(it) : m_adapters.erase(it);
    }
    for (const fs::path& folder : adapters) {
        if (!folder.empty()) {
            m_adapters.try_emplace(folder);
        }
    }
    if (m_process == nullptr || model != m_model) {
        m_model = model;
        start();
    }
    pump();
}

void ChatService::readAgain(const fs::path& folder)
{
    const auto found = m_adapters.find(folder);
    if (found != m_adapters.end() && !m_asking) {
        if (found->second.attached) {
            m_unwanted.push_back(found->second.attached->handle);
        }
        m_adapters.erase(found);
    }
}

void ChatService::start()
{
    drop();
    endQuestion([this](int column) { Q_EMIT answered(column, cancelled()); });
    m_state = State::Loading;
    m_loading.start();
    m_hasSaidWhy = false;
    m_process = new ServeProcess(this);
    connect(m_process, &ServeProcess::heard, this, &ChatService::hear);
    connect(m_process, &ServeProcess::ended, this, &ChatService::fail);
    m_process->start(m_home, {QStringLiteral("--model"), m_model});
    Q_EMIT changed();
}

void ChatService::close()
{
    drop();
    m_state = State::Off;
    Q_EMIT changed();
    endQuestion([this](int column) { Q_EMIT answered(column, cancelled()); });
}

/// Lets go of the process and of all that only it knew.
void ChatService::drop()
{
    if (m_process != nullptr) {
        std::exchange(m_process, nullptr)->endLater();
    }
    m_request.reset();
    m_unwanted.clear();
    m_off.clear();
    for (auto& [folder, known] : m_adapters) {
        known = {};
    }
}

void ChatService::fail(const Error& error)
{
    m_failure = m_hasSaidWhy ? m_failure : error;
    m_state = State::Failed;
    drop();
    Q_EMIT changed();
    endQuestion([this](int column) { Q_EMIT refused(column, m_failure); });
}

void ChatService::hear(const wire::ReadAnswer& read)
{
    if (const auto* ready = std::get_if<wire::Ready>(&read.answer); ready != nullptr && m_state == State::Loading) {
        m_ready = *ready;
        m_state = State::Ready;
        Q_EMIT changed();
        pump();
    } else if (const auto* failure = std::get_if<wire::Failure>(&read.answer); failure != nullptr && m_state == State::Loading) {
        m_failure = wire::errorOf(*failure); // the process ends next
        m_hasSaidWhy = true;
    } else if (m_request && read.id == m_request->id) {
        if (const auto* token = std::get_if<wire::Token>(&read.answer)) {
            const auto place = static_cast<std::size_t>(std::max<std::int64_t>(token->column, 0));
            if (m_asking && place < m_asking->left.size()) {
                Q_EMIT piece(m_asking->left[place], QString::fromStdString(token->piece));
            }
            return;
        }
        const Heard heard = std::move(m_request->heard);
        m_request.reset();
        heard(read.answer);
        pump();
    }
}

void ChatService::send(const wire::Request& request, Heard heard, bool isMeasuring)
{
    m_request = Request{m_process->send(request), isMeasuring, std::move(heard)};
}

/// Begins what comes next, when nothing is being worked.
void ChatService::pump()
{
    if (m_state == State::Ready && !m_request) {
        static_cast<void>(attachNext() || askNext() || detachNext() || measureNext());
    }
}

bool ChatService::attachNext()
{
    for (const auto& [folder, known] : m_adapters) {
        if (!known.attached && !known.refusal) {
            std::error_code none;
            const bool isRun = fs::exists(folder / "config.json", none) && !fs::exists(folder / "adapter_config.json", none);
            const wire::Attach wanted = isRun ? wire::Attach{{}, folder.string()} : wire::Attach{folder.string(), {}};
            send(wanted, [this, folder = folder](const wire::Answer& answer) {
                const auto* attached = std::get_if<wire::Attached>(&answer);
                const auto found = m_adapters.find(folder);
                if (found == m_adapters.end()) { // no longer wanted
                    if (attached != nullptr) {
                        m_unwanted.push_back(attached->adapter.handle);
                    }
                    return;
                }
                if (attached != nullptr) {
                    found->second.attached = attached->adapter;
                } else {
                    found->second.refusal = errorIn(answer);
                }
                Q_EMIT changed();
            });
            return true;
        }
    }
    return false;
}

bool ChatService::detachNext()
{
    if (m_unwanted.empty()) {
        return false;
    }
    const std::int64_t handle = m_unwanted.back();
    m_unwanted.pop_back();
    send(wire::Detach{handle}, [](const wire::Answer&) {});
    return true;
}

bool ChatService::measureNext()
{
    for (const auto& [folder, known] : m_adapters) {
        if (known.attached && !known.effect && !known.effectError) {
            if (switchNext({}, true)) {
                return true;
            }
            measure(folder, "chat");
            return true;
        }
    }
    return false;
}

/// Lets the adapter act alone, which tells the hash of its weights, and compares it with the base.
void ChatService::measure(const fs::path& folder, const std::string& form)
{
    send(
        wire::SetMix{mixOf(folder)},
        [this, folder, form](const wire::Answer& mixed) {
            const auto found = m_adapters.find(folder);
            if (found == m_adapters.end()) {
                return;
            }
            if (const auto* weights = std::get_if<wire::Weights>(&mixed)) {
                found->second.weightsHash = weights->weightsHash;
            } else {
                found->second.effectError = errorIn(mixed);
            }
            Q_EMIT changed();
            if (found->second.effectError || m_asking || m_request) {
                return; // a question goes first; measuring begins again after it
            }
            send(
                effectRequest(form), [this, folder, form](const wire::Answer& answer) { takeEffect(folder, form, answer); },
                true);
        },
        true);
}

void ChatService::takeEffect(const fs::path& folder, const std::string& form, const wire::Answer& answer)
{
    const auto measured = m_adapters.find(folder);
    if (measured == m_adapters.end()) {
        return;
    }
    if (const auto* effect = std::get_if<wire::EffectDone>(&answer)) {
        measured->second.effect = effectOf(*effect, form);
        measured->second.weightsHash = effect->weightsHash;
    } else {
        const Error error = errorIn(answer);
        if (error.code == ErrorCode::NotFound && form == "chat") {
            measure(folder, "plain"); // the model has no chat template
        } else if (error.code != ErrorCode::Stopped) {
            measured->second.effectError = error;
        }
    }
    Q_EMIT changed();
}

} // namespace lori::ui
