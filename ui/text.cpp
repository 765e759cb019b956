// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text.h"
#include "core/jobs/job_life.h"
#include "core/tasks/benchmarks.h"

#include <QDateTime>
#include <QFileInfo>
#include <QLocale>
#include <QRegularExpression>

#include <cmath>
#include <map>

namespace lori::ui {

namespace {

/// The locale of the chosen language, which main() makes the default one.
QLocale locale()
{
    QLocale current;
    current.setNumberOptions(QLocale::OmitLeadingZeroInExponent);
    return current;
}

QString whole(double number)
{
    return locale().toString(static_cast<qlonglong>(std::llround(number)));
}

} // namespace

QString Text::duration(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 0) {
        return QStringLiteral("–");
    }
    const auto total = static_cast<qlonglong>(std::llround(seconds));
    if (total < 60) {
        return tr("%1 s").arg(total);
    }
    if (total < 3600) {
        return tr("%1 min %2 s").arg(total / 60).arg(total % 60);
    }
    return tr("%1 h %2 min").arg(total / 3600).arg(total % 3600 / 60);
}

QString Text::about(double seconds)
{
    if (!std::isfinite(seconds) || seconds < 0) {
        return QStringLiteral("–");
    }
    if (seconds < 90) {
        return tr("about %1 s").arg(qMax(5, static_cast<int>(std::lround(seconds / 5)) * 5));
    }
    if (seconds < 5400) {
        return tr("about %1 min").arg(static_cast<int>(std::lround(seconds / 60)));
    }
    if (seconds < 48 * 3600.0) {
        return tr("about %1 h").arg(locale().toString(seconds / 3600, 'f', seconds < 36000 ? 1 : 0));
    }
    return tr("about %1 days").arg(whole(seconds / 86400));
}

QString Text::bytes(double count)
{
    if (!std::isfinite(count) || count < 0) {
        return QStringLiteral("–");
    }
    if (count < 1e6) {
        return tr("%1 kB").arg(whole(count / 1e3));
    }
    if (count < 1e9) {
        return tr("%1 MB").arg(whole(count / 1e6));
    }
    return tr("%1 GB").arg(locale().toString(count / 1e9, 'f', count < 1e11 ? 1 : 0));
}

QString Text::count(double number)
{
    if (!std::isfinite(number)) {
        return QStringLiteral("–");
    }
    if (std::abs(number) < 1e7) {
        return whole(number);
    }
    return tr("%1 million").arg(locale().toString(number / 1e6, 'f', 1));
}

QString Text::percent(double share, int decimals)
{
    return std::isfinite(share) ? tr("%1 %").arg(locale().toString(share * 100, 'f', decimals)) : QStringLiteral("–");
}

QString Text::rate(double value, double low, double high)
{
    const auto plain = [](double share) {
        return locale().toString(share * 100, 'f', 0);
    };
    return tr("%1 % [%2–%3]").arg(plain(value), plain(low), plain(high));
}

QString Text::rate(double value, double low, double high, std::int64_t answers)
{
    const QString text = rate(value, low, high);
    return answers > 0 ? tr("%1 of %2", "a rate with its interval, and of how many answers").arg(text).arg(answers) : text;
}

QString Text::number(double value)
{
    if (!std::isfinite(value)) {
        return QStringLiteral("–");
    }
    const double size = std::abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e6)) {
        return locale().toString(value, 'e', 1).replace(locale().decimalPoint() + locale().zeroDigit(), QString());
    }
    return locale().toString(value, 'g', 4);
}

QString Text::when(std::int64_t unixMs)
{
    return unixMs <= 0 ? QStringLiteral("–")
                       : locale().toString(QDateTime::fromMSecsSinceEpoch(unixMs), tr("d MMM, hh:mm", "date and time format"));
}

QString Text::withoutMnemonic(QString text)
{
    static const QRegularExpression mnemonic(QStringLiteral("\\(&.\\)|&"));
    return text.remove(mnemonic);
}

QString Text::state(jobs::JobState state)
{
    switch (state) {
    case jobs::JobState::Waiting:
        return tr("Starting");
    case jobs::JobState::Running:
        return tr("Running");
    case jobs::JobState::Paused:
        return tr("Paused");
    case jobs::JobState::Finished:
        return tr("Finished");
    case jobs::JobState::Stopped:
        return tr("Stopped");
    case jobs::JobState::Failed:
        return tr("Failed");
    case jobs::JobState::Lost:
        break;
    }
    return tr("Interrupted");
}

QString Text::stateIcon(jobs::JobState state)
{
    switch (state) {
    case jobs::JobState::Waiting:
        return QStringLiteral("waiting");
    case jobs::JobState::Running:
        return QStringLiteral("running");
    case jobs::JobState::Paused:
        return QStringLiteral("pause");
    case jobs::JobState::Finished:
        return QStringLiteral("done");
    case jobs::JobState::Stopped:
        return QStringLiteral("stop");
    case jobs::JobState::Failed:
    case jobs::JobState::Lost:
        break;
    }
    return QStringLiteral("warning");
}

QString Text::stage(experiment::StageKind kind)
{
    if (kind == experiment::StageKind::Mask) {
        return tr("Mask");
    }
    if (kind == experiment::StageKind::Full) {
        return tr("Full fine-tuning");
    }
    const std::string_view name = experiment::stageTitle(kind); // the methods' names are the same in every language
    return QString::fromUtf8(name.data(), static_cast<qsizetype>(name.size()));
}

QString Text::jobKind(const std::string& kind)
{
    static const std::map<std::string, const char*> names{
        {"train", QT_TR_NOOP("Training")},        {"sequence", QT_TR_NOOP("Sequence")},
        {"evaluate", QT_TR_NOOP("Measurement")},  {"measure", QT_TR_NOOP("Measurement of the model")},
        {"merge", QT_TR_NOOP("Merge")},           {"interference", QT_TR_NOOP("Interference report")},
        {"export", QT_TR_NOOP("Export")},         {"compare-masks", QT_TR_NOOP("Comparison of masks")},
        {"recipe", QT_TR_NOOP("Recipe")},         {"sweep", QT_TR_NOOP("Sweep")},
        {"import", QT_TR_NOOP("Import of data")}, {"download", QT_TR_NOOP("Download")},
    };
    const auto found = names.find(kind);
    return found == names.end() ? QString::fromStdString(kind) : tr(found->second);
}

QString Text::activity(const std::string& what)
{
    const QString said = QString::fromStdString(what);
    const QString measuring = QStringLiteral("evaluating ");
    const QString waiting = QStringLiteral("waiting for another worker of ");
    if (said.startsWith(measuring)) {
        return tr("measuring %1").arg(task(said.mid(measuring.size())));
    }
    if (said.startsWith(waiting)) {
        return tr("waiting for another worker of %1").arg(said.mid(waiting.size()));
    }
    if (const qsizetype colon = said.indexOf(QLatin1String(": ")); colon > 0) { // a step of a recipe or sweep, and what it does
        return tr("%1: %2").arg(said.left(colon), activity(said.mid(colon + 2).toStdString()));
    }
    static const std::pair<const char*, const char*> kKnown[] = {{"loading the model", QT_TR_NOOP("loading the model")},
                                                                 {"comparing masks", QT_TR_NOOP("comparing masks")},
                                                                 {"reading", QT_TR_NOOP("reading")},
                                                                 {"writing", QT_TR_NOOP("writing")}};
    for (const auto& [word, text] : kKnown) {
        if (what == word) {
            return tr(text);
        }
    }
    return said;
}

QString Text::activity(const std::string& what, std::int64_t done, std::int64_t total, double secondsLeft)
{
    QString text = activity(what);
    if (total > 1) {
        text = tr("%1: %2 of %3", "what is done, how many of how many").arg(text).arg(done).arg(total);
    }
    return secondsLeft < 0 ? text : tr("%1, %2 for this part").arg(text, about(secondsLeft));
}

QString Text::task(const QString& name)
{
    if (name == QLatin1String("safety")) {
        return tr("Safety");
    }
    if (name == QLatin1String("maths")) {
        return tr("Maths");
    }
    if (name == QLatin1String("language")) {
        return tr("Language understanding");
    }
    if (name == QLatin1String("code")) {
        return tr("Code");
    }
    if (name == QLatin1String("nlu")) {
        return tr("Eight NLU sets");
    }
    const tasks::Benchmark* set = tasks::findBenchmark(name.toStdString()); // their names are the same in every language
    return set == nullptr ? name : QString::fromStdString(set->title);
}

QString Text::metric(const QString& name)
{
    if (name == QLatin1String("refusal_rate")) {
        return tr("harmful requests refused");
    }
    if (name == QLatin1String("needless_refusal_rate")) {
        return tr("harmless requests refused needlessly");
    }
    if (name == QLatin1String("refusal_rate_likelihood")) {
        return tr("harmful requests refused, by the second scorer");
    }
    if (name == QLatin1String("needless_refusal_rate_likelihood")) {
        return tr("harmless requests refused needlessly, by the second scorer");
    }
    if (name == QLatin1String("refusal_rate_disagreement")) {
        return tr("answers to harmful requests that the scorers judge differently");
    }
    if (name == QLatin1String("needless_refusal_rate_disagreement")) {
        return tr("answers to harmless requests that the scorers judge differently");
    }
    if (name == QLatin1String("accuracy")) {
        return tr("right answers");
    }
    if (name == QLatin1String("accuracy_likelihood")) {
        return tr("right answers, by the second scorer");
    }
    if (name == QLatin1String("accuracy_disagreement")) {
        return tr("answers that the scorers judge differently");
    }
    if (name == QLatin1String("pass_rate")) {
        return tr("programs that pass their tests");
    }
    return name;
}

QString Text::presetTitle(const experiment::Preset& preset)
{
    const QString id = QString::fromStdString(preset.id);
    if (id == QLatin1String("quick-look")) {
        return tr("Quick look");
    }
    if (id == QLatin1String("paper-lori-d")) {
        return tr("Paper LoRI-D");
    }
    if (id == QLatin1String("paper-lori-s-90")) {
        return tr("Paper LoRI-S 90 %");
    }
    return QString::fromStdString(preset.title);
}

QString Text::presetExplanation(const experiment::Preset& preset)
{
    const QString id = QString::fromStdString(preset.id);
    if (id == QLatin1String("quick-look")) {
        return tr("Teaches the small built-in model to refuse harmful requests: LoRI-D, a 90 % mask, then LoRI-S. "
                  "Both sides of safety are measured, so that needless refusals show.");
    }
    if (id == QLatin1String("paper-lori-d")) {
        return tr(
            "The published recipe of the dense stage: rank 32, alpha 64, batch 32, learning rate 5e-5, three epochs. Only B is "
            "trained; A is random and stays frozen.");
    }
    if (id == QLatin1String("paper-lori-s-90")) {
        return tr(
            "The whole published chain: LoRI-D, then the largest 10 % of |B| over the whole model as the mask, then LoRI-S with "
            "ten times the learning rate.");
    }
    return QString::fromStdString(preset.explanation);
}

QString Text::model(const QString& nameOrPath)
{
    if (nameOrPath == QLatin1String("smollm2-135m-instruct")) {
        return tr("SmolLM2-135M-Instruct (built in)");
    }
    return nameOrPath.contains(QLatin1Char('/')) ? QFileInfo(nameOrPath).fileName() : nameOrPath;
}

} // namespace lori::ui
