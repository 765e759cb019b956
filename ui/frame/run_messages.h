// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/support/result.h"
#include "ui/services/app_context.h"

#include <QObject>
#include <QString>

namespace lori::ui {

struct MessageAction;
class Notifier;

/// Says in the message bar how runs end, with what a person can do about it, and puts discarded runs into the trash.
class RunMessages final : public QObject {
    Q_OBJECT

public:
    /// Every pointer of the context must be set; it outlives this object.
    RunMessages(AppContext& context, QObject* parent);
    [[nodiscard]] Notifier& notifier() { return *m_notifier; }

Q_SIGNALS:
    /// A notification was clicked: the window is to come forward.
    void windowAsked();

private:
    void notify(const QString& runId, const QString& text);
    void tellStop(const QString& runId, bool kept);
    void tellFailure(const QString& runId, const Error& error);
    void tellRemoval(const QString& runId);
    void tellLoss(const QString& runId);
    void trashDiscarded(const QString& runId, int tries);
    void resume(const QString& runId, bool changedData);
    [[nodiscard]] QString nameOf(const QString& runId) const;
    [[nodiscard]] MessageAction showIt(const QString& runId) const;

    AppContext& m_context;
    Notifier* m_notifier;
};

} // namespace lori::ui
