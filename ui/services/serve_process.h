// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/error.h"
#include "core/support/home.h"
#include "core/wire/line_splitter.h"
#include "core/wire/messages.h"

#include <QByteArray>
#include <QObject>
#include <QStringList>

#include <cstdint>

class QProcess;

namespace lori::ui {

/// `lori serve` as a child, spoken to over pipes. It ends with this object; when the window is killed its input ends, and it with
/// it. For the window's thread; nothing but the destructor waits.
class ServeProcess final : public QObject {
    Q_OBJECT

public:
    explicit ServeProcess(QObject* parent = nullptr);
    /// Asks it to end, and ends it when it has not after two seconds.
    ~ServeProcess() override;

    /// Starts it once. `arguments` follow `serve`. Whatever goes wrong is told by ended(), never from within this call.
    void start(const Home& home, const QStringList& arguments);
    /// The id under which its answers come.
    std::int64_t send(const wire::Request& request);
    /// Asks it to stop working a request; its answer comes as ever.
    void cancel(std::int64_t id);
    /// Says nothing more, ends in its own time and deletes this object.
    void endLater();
    /// Memory that it holds now, in bytes; 0 when it is not known.
    [[nodiscard]] std::int64_t memoryBytes() const;
    [[nodiscard]] std::int64_t pid() const;

Q_SIGNALS:
    void heard(const lori::wire::ReadAnswer& answer);
    /// Once: it did not start, or it is gone.
    void ended(const lori::Error& error);

private:
    void readAnswers();
    void tellEnd();

    QProcess* m_process;
    wire::LineSplitter m_lines;
    QByteArray m_lastWords; ///< the end of what it wrote to standard error
    std::int64_t m_lastId = 0;
    bool m_isOver = false;
};

} // namespace lori::ui
