// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/jobs/file_lock.h"
#include "core/support/home.h"

#include <QObject>
#include <QString>
#include <QStringList>

#include <optional>

class QSocketNotifier;

namespace lori::ui {

/// What a start of the program asks of a window.
struct StartRequest {
    QStringList files; ///< absolute paths
    QString run;       ///< "" for none
    bool operator==(const StartRequest&) const = default;
};

/// One window for each home and person: the first start listens, a later one hands its request over and ends. Both meet at a
/// Unix socket named by a hash of the home's path, in the session's runtime folder (or, without one, in the home). A lock beside
/// it tells whether somebody listens, so that what a killed window left is replaced. No network: the socket is a file.
class SingleInstance final : public QObject {
    Q_OBJECT

public:
    enum class Role {
        First,      ///< this window is the one; asked() tells of later starts
        HandedOver, ///< another window took the request: end
        Alone,      ///< nobody could be asked, nor can anybody ask this window: go on as if there were no other
    };

    explicit SingleInstance(const Home& home, QObject* parent = nullptr);
    ~SingleInstance() override;

    /// Called once. Waits up to `patienceMs` for the other window's answer.
    [[nodiscard]] Role begin(const StartRequest& request, int patienceMs = 5000);
    /// Where both meet; "" when there is no place for it.
    [[nodiscard]] QString socketFile() const { return m_socket; }

Q_SIGNALS:
    /// A later start asks; its window is to come forward in any case.
    void asked(const lori::ui::StartRequest& request);

private:
    [[nodiscard]] bool listen();
    void accept();

    QString m_socket;
    std::optional<jobs::FileLock> m_lock; ///< while this one is First
    int m_listening = -1;
    QSocketNotifier* m_notifier = nullptr;
};

} // namespace lori::ui
