// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "core/events/event_types.h"
#include "core/events/fields.h"

// The fields of every event: name, place and meaning, once. `E` is the event or its const form.
namespace lori::events {

/// True when E is Event or const Event.
template <typename E, typename Event>
concept Is = std::is_same_v<std::remove_const_t<E>, Event>;

template <typename Visitor, Is<Machine> E>
void visitFields(Visitor& visit, E& e)
{
    visit("cpu", e.cpu, "model name of the processor");
    visit("cores", e.cores, "logical processors");
    visit("memoryBytes", e.memoryBytes, "bytes of main memory");
    visit("gpu", e.gpu, "name of the first GPU, empty without one");
}

template <typename Visitor, Is<Started> E>
void visitFields(Visitor& visit, E& e)
{
    visit("pid", e.pid, "process of the worker");
    visit("host", e.host, "name of its machine");
    visit("program", e.program, "program and version");
    visit("device", e.device, "cpu, or cuda:0");
    visit("threads", e.threads, "of the arithmetic; kept by later attempts, because they change rounding");
    visit("gemm", e.gemm, "library of the matrix products; kept by later attempts, for the same reason");
    visit("resumed", e.resumed, "there were attempts before");
    visit("machine", e.machine, "what it is made of");
}

template <typename Visitor, Is<PlannedStage> E>
void visitFields(Visitor& visit, E& e)
{
    visit("index", e.index, "in config.stages");
    visit("name", e.name, "given or its kind's");
    visit("kind", e.kind, "method, or mask");
    visit("steps", e.steps, "optimizer steps; 0 for a mask");
}

template <typename Visitor, Is<Plan> E>
void visitFields(Visitor& visit, E& e)
{
    visit("stages", e.stages, "in order");
    visit("baseFingerprint", e.baseFingerprint, "of the base model's files");
    visit("rows", e.rows, "rows trained on, of the largest stage");
    visit("heldOutRows", e.heldOutRows, "rows kept aside, of the largest stage");
    visit("truncatedRows", e.truncatedRows, "rows that were shortened");
    visit("cutPrompts", e.cutPrompts, "of those: the prompt was shortened");
    visit("cutAnswers", e.cutAnswers, "of those: the answer was shortened");
    visit("trainable", e.trainable, "trained parameters by method");
}

template <typename Visitor, Is<InputFile> E>
void visitFields(Visitor& visit, E& e)
{
    visit("what", e.what, "data, task, evaluation, mask or adapter");
    visit("name", e.name, "as the configuration names it");
    visit("path", e.path, "where it lies");
    visit("bytes", e.bytes, "its size");
    visit("sha256", e.sha256, "of its bytes; empty when the file is gone and that was accepted");
    visit("was", e.was, "hash before the change (data_changed)");
}

template <typename Visitor, Is<Inputs> E>
void visitFields(Visitor& visit, E& e)
{
    visit("files", e.files, "in the order they are read");
}

template <typename Visitor, Is<DataChanged> E>
void visitFields(Visitor& visit, E& e)
{
    visit("files", e.files, "those that changed");
}

template <typename Visitor, Is<StageStarted> E>
void visitFields(Visitor& visit, E& e)
{
    visit("stage", e.stage, "index of the stage");
    visit("name", e.name, "given or its kind's");
    visit("kind", e.kind, "method, or mask");
    visit("steps", e.steps, "optimizer steps; 0 for a mask");
    visit("stepsDone", e.stepsDone, "already done by earlier attempts");
    visit("trainable", e.trainable, "trained parameters");
}

template <typename Visitor, Is<Progress> E>
void visitFields(Visitor& visit, E& e)
{
    visit("stage", e.stage, "index of the stage");
    visit("what", e.what, "the work in words");
    visit("done", e.done, "parts done");
    visit("total", e.total, "parts in all; 0 when unknown");
    visit("etaSeconds", e.etaSeconds, "seconds left of this work; -1 when unknown");
}

template <typename Visitor, Is<Step> E>
void visitFields(Visitor& visit, E& e)
{
    visit("stage", e.stage, "index of the stage");
    visit("step", e.step, "from 1");
    visit(
        "loss", e.loss,
        "what is trained on, by the run's reduction: a row's tokens added up and the mean over rows (sequence-sum), or the mean "
        "over scored tokens (token-mean); in nats, null when not finite");
    visit("tokens", e.tokens, "tokens of the rows, without padding");
    visit("rows", e.rows, "rows of the step");
    visit("gradNorm", e.gradNorm, "norm of the gradient before clipping; null when not finite");
    visit("learningRate", e.learningRate, "of this step");
    visit("tokensPerSecond", e.tokensPerSecond, "of this step");
    visit("etaSeconds", e.etaSeconds, "seconds left of the whole job; -1 when unknown");
    visit("lossPerToken", e.lossPerToken,
          "mean over the step's scored tokens whatever the reduction, in nats; null when not finite; older files do not say it");
}

template <typename Visitor, Is<HeldOut> E>
void visitFields(Visitor& visit, E& e)
{
    visit("stage", e.stage, "index of the stage");
    visit("step", e.step, "steps done");
    visit("loss", e.loss, "of the rows kept aside, by the run's reduction, in nats; null when not finite");
    visit("rows", e.rows, "rows measured; -1 when not said");
    visit("lossPerToken", e.lossPerToken,
          "mean over their scored tokens whatever the reduction, in nats; null when not finite; older files do not say it");
}

template <typename Visitor, Is<ScoreHead> E>
void visitFields(Visitor& visit, E& e)
{
    visit("hits", e.hits, "hits among them");
    visit("n", e.n, "how many");
}

template <typename Visitor, Is<Score> E>
void visitFields(Visitor& visit, E& e)
{
    visit("stage", e.stage, "index of the stage; -1 is the base model");
    visit("step", e.step, "steps done");
    visit("task", e.task, "starter task or published set");
    visit("metric", e.metric,
          "refusal_rate, needless_refusal_rate, accuracy, pass_rate …; of the second scorer …_likelihood, …_disagreement");
    visit("value", e.value, "rate, 0 to 1");
    visit("low", e.low, "lower end of the 95 % interval (Wilson)");
    visit("high", e.high, "upper end of the 95 % interval (Wilson)");
    visit("hits", e.hits, "rows that count");
    visit("n", e.n, "rows in all");
    visit("higherIsBetter", e.higherIsBetter, "direction of the metric");
    visit("final", e.final, "of all rows at a stage's end; false for a check during training");
    visit("head", e.head, "the first rows by themselves, which checks during training answer too");
    visit("items", e.items, "file of the rows with their answers, relative to the folder; empty without one");
    visit("second", e.second, "true for the second scorer");
}

template <typename Visitor, Is<Checkpoint> E>
void visitFields(Visitor& visit, E& e)
{
    visit("stage", e.stage, "index of the stage");
    visit("step", e.step, "steps done");
    visit("file", e.file, "relative to the folder");
    visit("bytes", e.bytes, "its size");
}

template <typename Visitor, Is<Mask> E>
void visitFields(Visitor& visit, E& e)
{
    visit("stage", e.stage, "index of the stage");
    visit("file", e.file, "relative to the folder");
    visit("sparsity", e.sparsity, "share asked to be left out, 0 to 1");
    visit("scope", e.scope, "model, module, projection, layer or matrix");
    visit("rule", e.rule, "reference or exact");
    visit("kept", e.kept, "entries kept");
    visit("total", e.total, "entries in all");
    visit("threshold", e.threshold, "size from which an entry is kept, when there is one for all");
    visit("avoided", e.avoided, "entries that other masks use and this one was to avoid");
}

template <typename Visitor, Is<MaskMoment> E>
void visitFields(Visitor& visit, E& e)
{
    visit("stage", e.stage, "index of the stage that trains");
    visit("step", e.step, "steps done");
    visit("maskStage", e.maskStage, "index of the stage whose mask it would be");
    visit("file", e.file, "relative to the folder");
    visit("kept", e.kept, "entries kept");
    visit("total", e.total, "entries in all");
}

template <typename Visitor, Is<Adapter> E>
void visitFields(Visitor& visit, E& e)
{
    visit("stage", e.stage, "index of the stage");
    visit("folder", e.folder, "relative to the job's folder");
    visit("kind", e.kind, "method");
    visit("trainable", e.trainable, "trained parameters");
    visit("step", e.step, "steps done");
    visit("bytes", e.bytes, "of the weights' file");
    visit("sha256", e.sha256, "of the weights' file");
}

template <typename Visitor, Is<Seal> E>
void visitFields(Visitor& visit, E& e)
{
    visit("stage", e.stage, "index of the stage");
    visit("aUnchanged", e.aUnchanged, "the frozen projection has its bits of the start");
    visit("baseUnchanged", e.baseUnchanged, "the base model has its bits of the start");
    visit("outsideMaskZero", e.outsideMaskZero, "every entry outside the mask is exactly 0");
    visit("aHash", e.aHash, "of the projection");
    visit("baseHash", e.baseHash, "of the base model's weights");
}

template <typename Visitor, Is<StageFinished> E>
void visitFields(Visitor& visit, E& e)
{
    visit("stage", e.stage, "index of the stage; -1 is Prepare");
    visit("seconds", e.seconds, "of work in this attempt, pauses left out");
}

template <typename Visitor, Is<Note> E>
void visitFields(Visitor& visit, E& e)
{
    visit("level", e.level, "info, warning or alarm");
    visit("code", e.code, "names the sentence, for translation");
    visit("stage", e.stage, "index of the stage");
    visit("text", e.text, "the sentence in English");
    visit("values", e.values, "its arguments, by name");
}

template <typename Visitor, Is<Heartbeat> E>
void visitFields(Visitor& visit, E& e)
{
    visit("state", e.state, "preparing, running, evaluating or paused");
    visit("stage", e.stage, "index of the stage");
    visit("step", e.step, "steps done");
    visit("rssBytes", e.rssBytes, "main memory held now");
    visit("peakRssBytes", e.peakRssBytes, "most main memory held so far");
    visit("gpuBytes", e.gpuBytes, "memory held on a GPU, when one is used");
    visit("freeDiskBytes", e.freeDiskBytes, "free bytes where the folder lies; -1 when unknown");
}

template <typename Visitor, Is<Paused> E>
void visitFields(Visitor& visit, E& e)
{
    visit("stage", e.stage, "index of the stage");
    visit("step", e.step, "steps done");
}

template <typename Visitor, Is<Continued> E>
void visitFields(Visitor& visit, E& e)
{
    visit("stage", e.stage, "index of the stage");
    visit("step", e.step, "steps done");
}

template <typename Visitor, Is<Changed> E>
void visitFields(Visitor& visit, E& e)
{
    visit("stage", e.stage, "index of the stage");
    visit("step", e.step, "steps done: the new value holds for every later one");
    visit("what", e.what, "learning-rate, steps or evaluate-every");
    visit("value", e.value, "its new value");
}

template <typename Visitor, Is<Artifact> E>
void visitFields(Visitor& visit, E& e)
{
    visit("kind", e.kind, "adapter, mask, merge, model, report or dataset");
    visit("path", e.path, "relative to the job's folder, or absolute when it lies elsewhere");
    visit("fingerprint", e.fingerprint, "SHA-256 of its content");
    visit("bytes", e.bytes, "its size");
    visit("parents", e.parents, "fingerprints of what it was made from");
}

template <typename Visitor, Is<Child> E>
void visitFields(Visitor& visit, E& e)
{
    visit("node", e.node, "its name among the others");
    visit("kind", e.kind, "of the job");
    visit("state", e.state, "found (done before), begins, done, failed, stopped, or left_out when one that it needs failed");
    visit("folder", e.folder, "of the job; empty when left out");
    visit("place", e.place, "in the order they are worked, from 1");
    visit("count", e.count, "of all");
    visit("etaSeconds", e.etaSeconds, "time left for all; -1 when unknown");
    visit("error", e.error, "sentence of a failed one, else empty");
}

template <typename Visitor, Is<Finished> E>
void visitFields(Visitor& visit, E& e)
{
    visit("seconds", e.seconds, "of work in this attempt, pauses left out");
}

template <typename Visitor, Is<Stopped> E>
void visitFields(Visitor& visit, E& e)
{
    visit("stage", e.stage, "index of the stage");
    visit("step", e.step, "steps done");
    visit("kept", e.kept, "false when what was done was thrown away");
}

template <typename Visitor, Is<FailedError> E>
void visitFields(Visitor& visit, E& e)
{
    visit("code", e.code, "kind of failure");
    visit("what", e.what, "what went wrong");
    visit("hint", e.hint, "what to do");
    visit("where", e.where, "file, row or field");
}

template <typename Visitor, Is<Failed> E>
void visitFields(Visitor& visit, E& e)
{
    visit("error", e.error, "the sentence in its parts");
}

} // namespace lori::events
