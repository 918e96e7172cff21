package org.example.series;

import org.pmf4j.api.encoder.EncoderLayer;
import org.pmf4j.api.encoder.JoinedTokens;
import org.pmf4j.api.encoder.Memory;
import org.pmf4j.api.encoder.Place;
import org.pmf4j.api.encoder.Tokens;
import org.pmf4j.api.nn.LayerNorm;
import org.pmf4j.api.nn.Linear;
import org.pmf4j.api.tensor.Neural;
import org.pmf4j.api.tensor.Tensor;

/**
 * A layer whose attention and feed-forward network read the same normed states side by side, as in
 * GPT-J and ViT-22B: x + attention(norm(x)) + network(norm(x)). Positions turn queries and keys.
 *
 * @param heads H
 * @param rotation of queries and keys that stand in the sequence
 */
record ParallelLayer(
    int heads,
    LayerNorm norm,
    Linear query,
    Linear key,
    Linear value,
    Linear output,
    GatedNetwork network,
    Rotation rotation)
    implements EncoderLayer {

  /** What queries attend to: normed tokens, the sequence first. */
  private record Seen(ParallelLayer layer, JoinedTokens tokens) implements Memory {
    @Override
    public Memory join(Memory other) {
      if (!(other instanceof Seen o) || o.layer != layer) {
        throw new IllegalArgumentException("memories of different layers cannot be joined");
      }
      if (o.tokens.first().place() == Place.SEQUENCE) {
        throw new IllegalArgumentException("a second sequence would have no place");
      }
      return new Seen(layer, tokens.followedBy(o.tokens));
    }
  }

  @Override
  public Memory memory(Tokens tokens) {
    return new Seen(this, JoinedTokens.of(tokens.withStates(norm.apply(tokens.states()))));
  }

  @Override
  public Tensor attend(Tokens queries, Memory memory) {
    if (!(memory instanceof Seen seen) || seen.layer != this) {
      throw new IllegalArgumentException("the memory was made by another layer");
    }
    Tensor x = norm.apply(queries.states());
    boolean shared = x.shape().dim(0) == 1;
    Tensor batch = shared ? seen.tokens.batch() : x;
    Tensor asking = shared ? x.repeatFor(batch) : x;
    return output
        .apply(attention(queries.place(), asking, seen.tokens))
        .add(network.apply(x))
        .add(queries.states());
  }

  private Tensor attention(Place place, Tensor x, JoinedTokens tokens) {
    Tokens all = tokens.together(x);
    Tensor q = split(query.apply(x));
    Tensor k = split(key.apply(all.states()));
    Tensor v = split(value.apply(all.states()));
    double scale = 1 / Math.sqrt(q.dim(3));
    boolean placed = place == Place.SEQUENCE && tokens.first().place() == Place.SEQUENCE;
    boolean prompted = !tokens.rest().parts().isEmpty();
    if (placed) {
      Tensor turned = rotation.turn(q);
      q = prompted ? Tensor.concat(3, turned, q) : turned;
      k = prompted ? apart(k, tokens.first().states().dim(1)) : rotation.turn(k);
    }
    Tensor heads = Neural.attention(q, k, v, all.mask(), scale);
    return heads.permute(0, 2, 1, 3).reshape(Tensor.KEEP, Tensor.INFER, value.weight().dim(0));
  }

  /**
   * Keys of n tokens of the sequence, turned, in one half, and those of prompts, which have no
   * place to be turned by, in the other: a query that stands there turned and unturned meets both.
   */
  private Tensor apart(Tensor keys, long n) {
    Tensor own = rotation.turn(keys.slice(2, 0, n));
    Tensor prompts = keys.slice(2, n, -1);
    return Tensor.concat(
        2, Tensor.concat(3, own, zeros(own)), Tensor.concat(3, zeros(prompts), prompts));
  }

  private static Tensor zeros(Tensor like) {
    return like.filled(0, like.dtype());
  }

  /** [B, N, d] → [B, H, N, d / H]. */
  private Tensor split(Tensor x) {
    long width = query.weight().dim(0) / heads;
    return x.reshape(Tensor.KEEP, Tensor.INFER, heads, width).permute(0, 2, 1, 3);
  }
}
