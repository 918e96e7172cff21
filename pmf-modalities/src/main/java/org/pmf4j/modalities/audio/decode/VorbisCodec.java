package org.pmf4j.modalities.audio.decode;

import com.jcraft.jogg.Packet;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;
import java.util.Arrays;

/** JOrbis, packet by packet: three headers, then blocks that overlap. */
final class VorbisCodec {
  private static final int HEADERS = 3;

  private final Info info = new Info();
  private final Comment comment = new Comment();
  private final DspState state = new DspState();
  private final Block block = new Block(state);
  private int packets;

  VorbisCodec() {
    info.init();
    comment.init();
  }

  /** True once the first header was read, which tells rate and channels. */
  boolean isDescribed() {
    return packets > 0;
  }

  int rate() {
    return info.rate;
  }

  int channels() {
    return info.channels;
  }

  /**
   * Decodes a packet.
   *
   * @return samples, interleaved; none for a header
   * @throws BadAudioException if the packet is damaged
   */
  float[] decode(byte[] bytes) throws BadAudioException {
    Packet packet = new Packet();
    packet.packet_base = bytes;
    packet.bytes = bytes.length;
    packet.b_o_s = packets == 0 ? 1 : 0;
    packet.packetno = packets;
    // Where the sound ends is the container's to say.
    packet.granulepos = -1;
    if (packets < HEADERS) {
      header(packet);
      return new float[0];
    }
    packets++;
    if (block.synthesis(packet) != 0) {
      throw broken();
    }
    state.synthesis_blockin(block);
    return samples();
  }

  private void header(Packet packet) throws BadAudioException {
    if (info.synthesis_headerin(comment, packet) < 0) {
      throw broken();
    }
    packets++;
    if (packets == HEADERS) {
      state.synthesis_init(info);
      block.init(state);
    }
  }

  private float[] samples() {
    float[][][] pcm = new float[1][][];
    int[] starts = new int[info.channels];
    float[] samples = {};
    for (int n = state.synthesis_pcmout(pcm, starts);
        n > 0;
        n = state.synthesis_pcmout(pcm, starts)) {
      int at = samples.length;
      samples = Arrays.copyOf(samples, at + n * info.channels);
      for (int c = 0; c < info.channels; c++) {
        for (int i = 0; i < n; i++) {
          samples[at + i * info.channels + c] = pcm[0][c][starts[c] + i];
        }
      }
      state.synthesis_read(n);
    }
    return samples;
  }

  private static BadAudioException broken() {
    return new BadAudioException(
        "the audio is damaged (a Vorbis packet is broken); replace the file");
  }
}
