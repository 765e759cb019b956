// SPDX-License-Identifier: GPL-3.0-or-later
// lori-workbench: makes the services and the window, and nothing else.
#include "ui/main_window.h"
#include "ui/screenshots.h"
#include "ui/services/services.h"
#include "ui/services/start_clock.h"
#include "ui/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QIcon>
#include <QTimer>

namespace {

struct Options {
    QString screenshots; ///< folder; "" for ordinary use
    QString language;
    bool languageGiven = false;
    bool dark = false;
    bool light = false;
    bool startTime = false;
    QString run;
    QSize size; ///< of the window in pictures
};

Options parse(const QApplication& application)
{
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("A desktop workbench for LoRI fine-tuning experiments."));
    parser.addHelpOption();
    parser.addVersionOption();
    QCommandLineOption screenshots(QStringLiteral("screenshots"),
                                   QStringLiteral("Save a picture of each page in a folder, and quit."),
                                   QStringLiteral("folder"));
    QCommandLineOption dark(QStringLiteral("dark"), QStringLiteral("Use the dark look this time."));
    QCommandLineOption light(QStringLiteral("light"), QStringLiteral("Use the light look this time."));
    QCommandLineOption language(QStringLiteral("language"), QStringLiteral("Use this language this time: en or zh_CN."),
                                QStringLiteral("locale"));
    QCommandLineOption startTime(QStringLiteral("start-time"), QStringLiteral("Print the time to the first paint, and quit."));
    QCommandLineOption run(QStringLiteral("run"), QStringLiteral("Show this run."), QStringLiteral("id"));
    QCommandLineOption size(QStringLiteral("size"), QStringLiteral("Size of the window in pictures."), QStringLiteral("WxH"),
                            QStringLiteral("1280x800"));
    for (QCommandLineOption* hidden : {&screenshots, &startTime, &size}) {
        hidden->setFlags(QCommandLineOption::HiddenFromHelp);
    }
    parser.addOptions({screenshots, dark, light, language, startTime, run, size});
    parser.process(application);
    const QStringList sides = parser.value(size).split(QLatin1Char('x'));
    return {parser.value(screenshots), parser.value(language),
            parser.isSet(language),    parser.isSet(dark),
            parser.isSet(light),       parser.isSet(startTime),
            parser.value(run),         QSize(sides.value(0).toInt(), sides.value(1).toInt())};
}

} // namespace

int main(int argc, char** argv)
{
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    lori::ui::StartClock clock;
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("LoRI"));
    QApplication::setApplicationName(QStringLiteral("Workbench"));
    QApplication::setApplicationDisplayName(QStringLiteral("LoRI Workbench"));
    QApplication::setApplicationVersion(QStringLiteral(LORI_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("lori-workbench"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/lori-workbench.svg")));
    const Options options = parse(application);

    lori::ui::Services services(lori::Home::fromEnvironment());
    lori::ui::applyLook(options.dark    ? lori::ui::Look::Dark
                        : options.light ? lori::ui::Look::Light
                                        : services.preferences.look());
    services.language.use(options.languageGiven ? options.language : services.preferences.language());
    lori::ui::MainWindow window(services.context);
    if (options.startTime) {
        clock.quitAfterFirstPaint(window);
    }
    window.show();
    QTimer::singleShot(0, &window, [&] {
        window.begin();
        if (!options.run.isEmpty()) {
            window.showRun(options.run);
        }
    });
    lori::ui::Screenshots screenshots(window, options.screenshots, options.run, options.size);
    return QApplication::exec();
}
