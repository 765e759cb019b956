# SPDX-License-Identifier: Apache-2.0
"""Small random models of each family's true configuration: its numbers of heads, its GQA ratio, head size rule, tying, biases,
norms, rotary scaling and windows; only widths of heads and layers, their number and the vocabulary are smaller."""
import common

LLAMA3_SCALING = {"rope_type": "llama3", "low_freq_factor": 1.0, "high_freq_factor": 4.0, "original_max_position_embeddings": 8192}
HEAD = 8  # entries of a head; the true ones have 64 to 128


def llama(heads, kv, tied, theta=10000.0, **more):
    return "Llama", {"num_attention_heads": heads, "num_key_value_heads": kv, "tie_word_embeddings": tied, "rope_theta": theta,
                     "rms_norm_eps": 1e-5, **more}


def mistral(window, theta=10000.0):
    return "Mistral", {"num_attention_heads": 32, "num_key_value_heads": 8, "head_dim": HEAD, "rms_norm_eps": 1e-5,
                       "tie_word_embeddings": False, "sliding_window": window, "rope_theta": theta}


def qwen2(heads, kv, tied, **more):
    return "Qwen2", {"num_attention_heads": heads, "num_key_value_heads": kv, "tie_word_embeddings": tied, "rope_theta": 1e6,
                     "rms_norm_eps": 1e-6, "use_sliding_window": False, **more}


def qwen3(heads, kv, tied, hidden, **more):
    return "Qwen3", {"num_attention_heads": heads, "num_key_value_heads": kv, "tie_word_embeddings": tied, "hidden_size": hidden,
                     "head_dim": 2 * HEAD, "rope_theta": 1e6, "rms_norm_eps": 1e-6, **more}


def smollm3(**more):
    return "SmolLM3", {"num_attention_heads": 16, "num_key_value_heads": 4, "num_hidden_layers": 5, "tie_word_embeddings": True,
                       "rope_theta": 5e6, "rms_norm_eps": 1e-6, "pad_token_id": 0, **more}


WINDOW = 24  # tokens; the strings of the tests are several times as long
FAMILIES = {
    "Llama 2 7B": llama(32, 32, False),
    "Llama 2 70B": llama(64, 8, False),
    "Llama 3 8B": llama(32, 8, False, 5e5),
    "Llama 3.1 8B": llama(32, 8, False, 5e5, max_position_embeddings=131072, rope_scaling={"factor": 8.0, **LLAMA3_SCALING}),
    "Llama 3.2 1B": llama(32, 8, True, 5e5, max_position_embeddings=131072, rope_scaling={"factor": 32.0, **LLAMA3_SCALING}),
    "Llama, linear scaling": llama(32, 32, False, rope_scaling={"rope_type": "linear", "factor": 4.0}),
    "Llama, attention biases": llama(8, 8, False, attention_bias=True),
    "Mistral 7B v0.1, window": mistral(WINDOW),
    "Mistral 7B v0.3": mistral(None, 1e6),
    "Qwen2 0.5B": qwen2(14, 2, True),
    "Qwen2 7B": qwen2(28, 4, False),
    "Qwen2.5 1.5B": qwen2(12, 2, True),
    "Qwen2, window above layer 2": qwen2(14, 2, True, use_sliding_window=True, sliding_window=WINDOW, max_window_layers=2),
    "Qwen2, window by layer types": qwen2(14, 2, True, use_sliding_window=True, sliding_window=WINDOW,
                                          layer_types=["sliding_attention", "full_attention"] * 2),
    "Qwen3 0.6B": qwen3(16, 8, True, 128),
    "Qwen3 8B": qwen3(32, 8, False, 256),
    "Qwen3, window in all layers": qwen3(16, 8, True, 128, use_sliding_window=True, sliding_window=WINDOW, max_window_layers=0),
    "SmolLM2 135M": llama(9, 3, True, 1e5),
    "SmolLM2 1.7B": llama(32, 32, True, 130000.0),
    "SmolLM3 3B": smollm3(),
    "SmolLM3, own list of NoPE layers": smollm3(no_rope_layers=[0, 1, 1, 0, 1]),
    "SmolLM3, window in NoPE layers": smollm3(use_sliding_window=True, sliding_window=WINDOW, no_rope_layer_interval=2),
}


def save(torch, place, name, dtype=None):
    """Writes the small model as a Hugging Face folder with the tiny tokenizer; returns (folder, model in f32 of what was stored)."""
    import make_tiny_model
    import transformers
    kind, settings = FAMILIES[name]
    vocabulary = make_tiny_model.tokenizer()[1]
    hidden = settings.get("hidden_size", settings["num_attention_heads"] * HEAD)
    settings = {"vocab_size": vocabulary, "num_hidden_layers": 4, "intermediate_size": 3 * hidden, "max_position_embeddings": 2048,
                "bos_token_id": 1, "eos_token_id": 2, "initializer_range": 1.2 / hidden ** 0.5, **settings, "hidden_size": hidden}
    torch.manual_seed(len(name))
    model = getattr(transformers, f"{kind}ForCausalLM")(getattr(transformers, f"{kind}Config")(**settings)).eval()
    with torch.no_grad():  # norms that are not all one and biases that are not all zero, so that a forgotten one shows
        for key, parameter in model.named_parameters():
            if "norm" in key:
                parameter.uniform_(0.5, 1.5)
            elif key.endswith("bias"):
                parameter.normal_(0, 0.5)
    folder = place / "".join(c if c.isalnum() else "-" for c in f"{name} {dtype or ''}")
    (model.to(dtype) if dtype else model).save_pretrained(folder)
    tiny = make_tiny_model.make_tiny_model(place / "tokenizer")
    for file in ("tokenizer.json", "tokenizer_config.json"):
        (folder / file).write_bytes((tiny / file).read_bytes())
    if dtype:  # read back, because rounding the model in place also rounds its rotary frequencies
        model = transformers.AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    return folder, model


def tokenizer(place):
    from tokenizers import Tokenizer
    import make_tiny_model
    return Tokenizer.from_file(str(make_tiny_model.make_tiny_model(place / "tokenizer") / "tokenizer.json"))


def texts(count):
    """Questions of several windows' length for the tiny tokenizer, which knows bytes and a few pairs."""
    return [text[:160] for text in common.questions(3 * count) if len(text) > 80][:count]
