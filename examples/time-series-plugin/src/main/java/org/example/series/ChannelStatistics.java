package org.example.series;

import java.util.Locale;
import java.util.Arrays;
import java.util.List;
import org.pmf4j.api.error.PmfException;
import org.pmf4j.api.modality.Source;

/**
 * Mean and deviation of each channel over all time steps of a corpus.
 *
 * @param deviation 1 where a channel never changes
 */
record ChannelStatistics(List<Double> mean, List<Double> deviation) {

  static ChannelStatistics of(List<Source> corpus) {
    if (corpus.isEmpty()) {
      throw PmfException.input("there are no series to take means and deviations from");
    }
    int channels = SeriesFile.read(corpus.get(0))[0].length;
    double[] mean = new double[channels];
    double[] squares = new double[channels];
    long count = 0;
    for (Source source : corpus) {
      double[][] steps = SeriesFile.read(source);
      if (steps[0].length != channels) {
        throw PmfException.input(
            String.format(Locale.ROOT, "%s: %d channels, but %s has %d", source.describe(), steps[0].length, corpus.get(0).describe(), channels));
      }
      for (double[] step : steps) {
        count++;
        for (int c = 0; c < channels; c++) {
          // Welford's update: sums of squares would lose digits far from 0
          double off = step[c] - mean[c];
          mean[c] += off / count;
          squares[c] += off * (step[c] - mean[c]);
        }
      }
    }
    long steps = count;
    return new ChannelStatistics(
        Arrays.stream(mean).boxed().toList(),
        Arrays.stream(squares)
            .map(s -> Math.sqrt(s / steps))
            .map(d -> d > 0 ? d : 1)
            .boxed()
            .toList());
  }
}
