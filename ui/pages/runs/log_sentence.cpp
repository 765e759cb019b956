// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/runs/log_sentence.h"

#include "core/experiment/config_words.h"
#include "ui/services/error_text.h"
#include "ui/services/health_notes.h"
#include "ui/text.h"
#include "ui/widgets/run_words.h"

#include <QCoreApplication>

namespace lori::ui {

namespace {

/// One overload an event; the texts are in the context "LogSentence".
class Sentences final {
    Q_DECLARE_TR_FUNCTIONS(LogSentence)

public:
    QString operator()(const events::Started& e) const
    {
        const QString where = e.device == "cpu" ? tr("the processor") : QString::fromStdString(e.device);
        return (e.resumed ? tr("Goes on on %1 with %2 threads") : tr("Begins on %1 with %2 threads")).arg(where).arg(e.threads);
    }
    QString operator()(const events::Plan& e) const
    {
        QStringList stages;
        for (const events::PlannedStage& stage : e.stages) {
            const QString title = stageTitle(stage.kind, stage.name);
            stages.append(stage.steps > 0 ? tr("%1 of %2 steps").arg(title).arg(stage.steps) : title);
        }
        return tr("Plan: %1; %2 rows to learn from, %3 held out").arg(stages.join(tr(", "))).arg(e.rows).arg(e.heldOutRows);
    }
    QString operator()(const events::Inputs& e) const { return tr("Reads %1").arg(names(e.files)); }
    QString operator()(const events::DataChanged& e) const
    {
        return tr("Goes on although these changed: %1").arg(names(e.files));
    }
    QString operator()(const events::StageStarted& e) const
    {
        const QString title = stageTitle(e.kind, e.name);
        return e.steps > 0 ? tr("%1 begins: %2 steps, %3 trained parameters")
                                 .arg(title)
                                 .arg(e.steps)
                                 .arg(Text::count(static_cast<double>(e.trainable)))
                           : tr("%1 begins").arg(title);
    }
    QString operator()(const events::Progress& e) const
    {
        const QString what = Text::activity(e.what);
        const QString done = e.total > 0 ? tr("%1: %2 of %3").arg(what).arg(e.done).arg(e.total) : what;
        return e.etaSeconds >= 0 && e.done < e.total ? tr("%1, %2 left").arg(done, Text::about(e.etaSeconds)) : done;
    }
    QString operator()(const events::Step& e) const
    {
        const QString loss = e.lossPerToken ? tr("loss per token %1").arg(Text::number(*e.lossPerToken))
                             : e.loss       ? tr("loss as trained %1").arg(Text::number(*e.loss))
                                            : tr("a loss that is not a number");
        return tr("Step %1: %2, learning rate %3, %4 tokens a second")
            .arg(e.step)
            .arg(loss, Text::number(e.learningRate), Text::count(e.tokensPerSecond));
    }
    QString operator()(const events::HeldOut& e) const
    {
        if (e.lossPerToken) {
            return tr("Held-out loss per token after step %1: %2").arg(e.step).arg(Text::number(*e.lossPerToken));
        }
        return tr("Held-out loss after step %1: %2").arg(e.step).arg(e.loss ? Text::number(*e.loss) : tr("not a number"));
    }
    QString operator()(const events::Score& e) const
    {
        const QString value =
            e.value ? Text::rate(*e.value, e.low.value_or(*e.value), e.high.value_or(*e.value)) : tr("not a number");
        return tr("%1: %2, %3 of %4").arg(scoreTitle({e.task, e.metric}), value).arg(e.hits).arg(e.n);
    }
    QString operator()(const events::Checkpoint& e) const { return tr("Checkpoint after step %1").arg(e.step); }
    QString operator()(const events::Mask& e) const
    {
        return tr("The mask keeps %1 of %2 entries")
            .arg(Text::count(static_cast<double>(e.kept)), Text::count(static_cast<double>(e.total)));
    }
    QString operator()(const events::MaskMoment& e) const
    {
        return tr("After step %1 the mask would keep %2 of %3 entries")
            .arg(e.step)
            .arg(Text::count(static_cast<double>(e.kept)), Text::count(static_cast<double>(e.total)));
    }
    QString operator()(const events::Adapter& e) const
    {
        return tr("The adapter is saved: %1, %2")
            .arg(QString::fromStdString(e.folder), Text::bytes(static_cast<double>(e.bytes)));
    }
    QString operator()(const events::Seal& e) const
    {
        return e.holds() ? tr("What must stay frozen is unchanged") : tr("Something that must stay frozen has changed");
    }
    QString operator()(const events::StageFinished& e) const
    {
        const QString time = Text::duration(e.seconds.value_or(-1));
        return e.stage < 0 ? tr("Prepared in %1").arg(time) : tr("The stage is finished after %1").arg(time);
    }
    QString operator()(const events::Note& e) const { return HealthNotes::remark(e.code, e.level, e.values, e.text).text; }
    QString operator()(const events::Paused& e) const { return tr("Paused after step %1").arg(e.step); }
    QString operator()(const events::Continued& /*e*/) const { return tr("Continued"); }
    QString operator()(const events::Changed& e) const
    {
        const QString value = Text::number(e.value);
        if (e.what == wordOf(experiment::Setting::LearningRate)) {
            return tr("The learning rate is %1 after step %2").arg(value).arg(e.step);
        }
        return e.what == wordOf(experiment::Setting::Steps) ? tr("The stage has %1 steps now").arg(value)
                                                            : tr("Checks come every %1 steps now").arg(value);
    }
    QString operator()(const events::Artifact& e) const { return tr("Made %1").arg(QString::fromStdString(e.path)); }
    QString operator()(const events::Finished& e) const { return tr("Finished after %1 of work").arg(Text::duration(e.seconds)); }
    QString operator()(const events::Stopped& e) const { return e.kept ? tr("Stopped; what was done is kept") : tr("Discarded"); }
    QString operator()(const events::Failed& e) const { return tr("Failed: %1").arg(ErrorText::sentence(events::errorOf(e))); }
    template <typename Other>
    QString operator()(const Other& /*has no sentence*/) const
    {
        return {};
    }

private:
    static QString names(const std::vector<events::InputFile>& files)
    {
        QStringList list;
        for (const events::InputFile& file : files) {
            list.append(QString::fromStdString(file.name));
        }
        return list.join(tr(", "));
    }
};

} // namespace

QString logSentence(const events::Event& event)
{
    return std::visit(Sentences(), event.payload);
}

} // namespace lori::ui
