"""Fixtures of text encoders."""

import torch
from transformers import (
    BertConfig,
    BertForMaskedLM,
    BertForSequenceClassification,
    BertModel,
    DistilBertConfig,
    DistilBertForSequenceClassification,
    DistilBertModel,
    ElectraConfig,
    ElectraForPreTraining,
    ElectraModel,
    ModernBertConfig,
    ModernBertForMaskedLM,
    ModernBertModel,
    MPNetConfig,
    MPNetForMaskedLM,
    MPNetModel,
    RobertaConfig,
    RobertaForMaskedLM,
    RobertaModel,
    XLMRobertaConfig,
    XLMRobertaForSequenceClassification,
    XLMRobertaModel,
)

import encoder_fixture
from encoder_fixture import Fixture

TINY = dict(
    vocab_size=50,
    hidden_size=16,
    num_hidden_layers=2,
    num_attention_heads=2,
    intermediate_size=24,
    max_position_embeddings=20,
    type_vocab_size=2,
)
NO_POOLER = {"add_pooling_layer": False}


def tokens(lengths, types=True, padding=0, first=1):
    """Random ids from ``first`` on, padded; token types where the family has them."""

    def make(config, generator):
        longest = max(lengths)
        shape = (len(lengths), longest)
        ids = torch.randint(first, config.vocab_size, shape, generator=generator)
        mask = (torch.arange(longest) < torch.tensor(lengths)[:, None]).long()
        inputs = {"input_ids": ids * mask + padding * (1 - mask), "attention_mask": mask}
        if types:
            t = torch.randint(0, config.type_vocab_size, ids.shape, generator=generator)
            inputs["token_type_ids"] = t * mask
        return inputs

    return make


def bert(name, lengths, cls=BertModel, std=0.35, model_args=None, **overrides):
    saving = {k: overrides.pop(k) for k in ("dtype", "rename", "shard_size") if k in overrides}
    config = BertConfig(**(TINY | overrides), attn_implementation="eager")
    return Fixture(name, cls, config, tokens(lengths), std, model_args, **saving)


def old_names(tensors):
    """The names of the first BERT files: gamma and beta, and position_ids as a tensor."""
    renamed = {
        k.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): v
        for k, v in tensors.items()
    }
    renamed["bert.embeddings.position_ids"] = torch.arange(20)[None]
    return renamed


def make_bert():
    no_pooler = NO_POOLER
    base = bert("bert-gelu", [13, 7, 1])
    base.must_matter(hidden_act="gelu_new")
    one = bert(
        "bert-relu-1-head",
        [7, 5],
        model_args=no_pooler,
        num_attention_heads=1,
        hidden_act="relu",
        type_vocab_size=1,
        layer_norm_eps=1e-5,
        num_hidden_layers=3,
    )
    one.must_matter(hidden_act="gelu")
    new = bert(
        "bert-gelu-new-4-heads",
        [13, 9],
        model_args=no_pooler,
        num_attention_heads=4,
        hidden_act="gelu_new",
        type_vocab_size=4,
        intermediate_size=40,
    )
    new.must_matter(hidden_act="gelu")
    bert("bert-silu-one-token", [1, 1], model_args=no_pooler, hidden_act="silu", num_hidden_layers=1)
    # No real model has an epsilon this large: it makes one that is not read from the file show.
    eps = bert("bert-large-epsilon", [7, 3], model_args=no_pooler, layer_norm_eps=0.05)
    eps.must_matter(layer_norm_eps=1e-12)
    bert("bert-sequence-classification", [7, 13], cls=BertForSequenceClassification)
    bert("bert-masked-lm-old-names", [7, 4], cls=BertForMaskedLM, rename=old_names)
    bert("bert-sharded", [13, 2], shard_size="9KB")
    bert("bert-float16", [7, 6], model_args=no_pooler, dtype=torch.float16)
    bert("bert-bfloat16", [7, 6], model_args=no_pooler, dtype=torch.bfloat16)
    assert (encoder_fixture.OUT / "bert-sharded" / "model.safetensors.index.json").exists()


def roberta(name, lengths, cls=RobertaModel, config_cls=RobertaConfig, model_args=NO_POOLER, **overrides):
    settings = TINY | dict(type_vocab_size=1, layer_norm_eps=1e-5)
    config = config_cls(**(settings | overrides), attn_implementation="eager")
    # As their tokenizers give them: no token types, padding with the padding token's id.
    inputs = tokens(lengths, types=False, padding=config.pad_token_id, first=config.pad_token_id + 1)
    return Fixture(name, cls, config, inputs, 0.35, model_args, open_padding=min(lengths) < max(lengths))


def make_roberta():
    base = roberta("roberta", [13, 7, 1])
    base.must_matter(hidden_act="gelu_new")
    roberta("roberta-longest-text", [18, 18], num_attention_heads=4)
    other = roberta("roberta-other-padding-id", [9, 5], pad_token_id=3, layer_norm_eps=0.05)
    other.must_matter(pad_token_id=1)
    other.must_matter(layer_norm_eps=1e-5)
    roberta("roberta-masked-lm", [7, 5], cls=RobertaForMaskedLM, model_args={}, hidden_act="relu")
    xlm = dict(config_cls=XLMRobertaConfig)
    roberta("xlm-roberta-other-settings", [9, 5], cls=XLMRobertaModel, hidden_act="relu", pad_token_id=3, **xlm)
    roberta("xlm-roberta", [13, 6], cls=XLMRobertaModel, model_args={}, num_hidden_layers=3, **xlm)
    roberta(
        "xlm-roberta-sequence-classification",
        [7, 3],
        cls=XLMRobertaForSequenceClassification,
        model_args={},
        **xlm,
    )


def distilbert(name, lengths, cls=DistilBertModel, **overrides):
    settings = dict(
        vocab_size=50, dim=16, n_layers=2, n_heads=2, hidden_dim=24, max_position_embeddings=20
    )
    config = DistilBertConfig(**(settings | overrides), attn_implementation="eager")
    return Fixture(name, cls, config, tokens(lengths, types=False))


def make_distilbert():
    base = distilbert("distilbert", [13, 7, 1])
    base.must_matter(activation="relu")
    distilbert("distilbert-sinusoidal", [20, 4], sinusoidal_pos_embds=True, n_heads=4, activation="relu")
    distilbert("distilbert-sequence-classification", [7, 3], cls=DistilBertForSequenceClassification, n_layers=3)


def electra(name, lengths, cls=ElectraModel, **overrides):
    config = ElectraConfig(**(TINY | dict(embedding_size=10) | overrides), attn_implementation="eager")
    return Fixture(name, cls, config, tokens(lengths))


def make_electra():
    base = electra("electra-narrow-embedding", [13, 7, 1])
    base.must_matter(hidden_act="relu")
    electra("electra-other-settings", [9, 4], hidden_act="relu", type_vocab_size=3)
    electra("electra-one-width", [9, 9], embedding_size=16, num_attention_heads=4)
    eps = electra("electra-pretraining", [7, 3], cls=ElectraForPreTraining, layer_norm_eps=0.05)
    eps.must_matter(layer_norm_eps=1e-12)


def mpnet(name, lengths, cls=MPNetModel, model_args=NO_POOLER, **overrides):
    settings = {k: v for k, v in TINY.items() if k != "type_vocab_size"}
    config = MPNetConfig(**(settings | overrides), attn_implementation="eager")
    inputs = tokens(lengths, types=False, padding=1, first=2)
    return Fixture(name, cls, config, inputs, 0.35, model_args, open_padding=min(lengths) < max(lengths))


def make_mpnet():
    base = mpnet("mpnet", [13, 7, 1])
    base.must_matter(hidden_act="relu")
    mpnet("mpnet-all-distances", [150], max_position_embeddings=152, hidden_size=8, num_hidden_layers=1)
    mpnet("mpnet-other-settings", [9, 4], hidden_act="relu", layer_norm_eps=0.05)
    mpnet("mpnet-masked-lm", [9, 6], cls=MPNetForMaskedLM, model_args={}, num_attention_heads=4)


def modernbert(name, lengths, cls=ModernBertModel, open_padding=True, **overrides):
    settings = dict(
        vocab_size=50,
        hidden_size=16,
        num_hidden_layers=4,
        num_attention_heads=2,
        intermediate_size=24,
        max_position_embeddings=64,
        local_attention=8,
        pad_token_id=0,
        bos_token_id=1,
        eos_token_id=2,
        cls_token_id=1,
        sep_token_id=2,
        reference_compile=False,
        norm_eps=1e-5,
    )
    config = ModernBertConfig(**(settings | overrides), attn_implementation="eager")
    return Fixture(name, cls, config, tokens(lengths, types=False), open_padding=open_padding)


def make_modernbert():
    base = modernbert("modernbert", [40, 17, 1])
    base.must_matter(local_attention=64)
    base.must_matter(local_rope_theta=160000.0)
    base.must_matter(global_rope_theta=10000.0)
    base.must_matter(global_attn_every_n_layers=1)
    base.must_matter(hidden_activation="relu")
    modernbert(
        "modernbert-all-biases",
        [13, 9],
        attention_bias=True,
        mlp_bias=True,
        norm_bias=True,
        num_attention_heads=4,
        hidden_activation="silu",
        local_rope_theta=None,
        global_attn_every_n_layers=2,
        num_hidden_layers=3,
    )
    # The release of transformers that came with it had one base for all layers.
    modernbert("modernbert-one-base", [30, 12], local_rope_theta=160000.0, local_attention=16)
    modernbert("modernbert-other-base", [30, 12], global_rope_theta=5000.0)
    mean = modernbert("modernbert-mean-pooling", [11, 6], classifier_pooling="mean", norm_eps=0.05)
    mean.must_matter(norm_eps=1e-5)
    modernbert("modernbert-masked-lm", [20, 3], cls=ModernBertForMaskedLM, num_hidden_layers=2)


def make():
    make_bert()
    make_roberta()
    make_distilbert()
    make_electra()
    make_mpnet()
    make_modernbert()
