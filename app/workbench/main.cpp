// SPDX-License-Identifier: GPL-3.0-or-later
// lori-workbench: makes the services and the window, and nothing else.
#include "ui/main_window.h"
#include "ui/screenshots.h"
#include "ui/services/services.h"
#include "ui/services/single_instance.h"
#include "ui/services/start_clock.h"
#include "ui/theme.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QFileInfo>
#include <QIcon>
#include <QTimer>
#include <QUrl>

namespace {

struct Options {
    QString screenshots; ///< folder; "" for ordinary use
    QString language;
    bool languageGiven = false;
    bool dark = false;
    bool light = false;
    bool startTime = false;
    lori::ui::StartRequest request; ///< files to open and a run to show
    QSize size;                     ///< of the window in pictures
    /// Pictures and measurements are of a window of their own.
    [[nodiscard]] bool isOrdinary() const { return screenshots.isEmpty() && !startTime; }
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
    parser.addPositionalArgument(
        QStringLiteral("files"),
        QStringLiteral("Files to open: recipes, .lori files, folders of runs, adapters or models, GGUF files, rows."),
        QStringLiteral("[FILE…]"));
    parser.addOptions({screenshots, dark, light, language, startTime, run, size});
    parser.process(application);
    const QStringList sides = parser.value(size).split(QLatin1Char('x'));
    lori::ui::StartRequest request;
    for (const QString& file : parser.positionalArguments()) {
        const QString local = file.startsWith(QLatin1String("file:")) ? QUrl(file).toLocalFile() : file;
        request.files << QFileInfo(local).absoluteFilePath();
    }
    request.run = parser.value(run);
    return {parser.value(screenshots),
            parser.value(language),
            parser.isSet(language),
            parser.isSet(dark),
            parser.isSet(light),
            parser.isSet(startTime),
            request,
            QSize(sides.value(0).toInt(), sides.value(1).toInt())};
}

} // namespace

int main(int argc, char** argv)
{
    QGuiApplication::setHighDpiScaleFactorRoundingPolicy(Qt::HighDpiScaleFactorRoundingPolicy::PassThrough);
    lori::ui::StartClock clock;
    QApplication application(argc, argv);
    QApplication::setOrganizationName(QStringLiteral("LoRI"));
    QApplication::setApplicationName(QStringLiteral("Workbench"));
    QApplication::setApplicationVersion(QStringLiteral(LORI_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("lori-workbench"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/icons/lori-workbench.svg")));
    const Options options = parse(application);

    const lori::Home home = lori::Home::fromEnvironment();
    lori::ui::SingleInstance instance(home);
    if (options.isOrdinary() && instance.begin(options.request) == lori::ui::SingleInstance::Role::HandedOver) {
        return 0;
    }
    lori::ui::Services services(home);
    lori::ui::applyLook(options.dark    ? lori::ui::Look::Dark
                        : options.light ? lori::ui::Look::Light
                                        : services.preferences.look());
    services.language.use(options.languageGiven ? options.language : services.preferences.language());
    lori::ui::MainWindow window(services.context);
    if (options.startTime) {
        clock.quitAfterFirstPaint(window);
    }
    const auto open = [&window](const lori::ui::StartRequest& request) {
        if (!request.run.isEmpty()) {
            window.showRun(request.run);
        }
        window.openFiles(request.files);
    };
    QObject::connect(&instance, &lori::ui::SingleInstance::asked, &window, [&](const lori::ui::StartRequest& request) {
        window.comeForward();
        open(request);
    });
    window.show();
    QTimer::singleShot(0, &window, [&] {
        window.begin();
        open(options.request);
    });
    lori::ui::Screenshots screenshots(window, options.screenshots, options.request.run, options.size);
    return QApplication::exec();
}
