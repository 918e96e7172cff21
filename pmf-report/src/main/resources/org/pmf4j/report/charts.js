// Draws every element with data-chart by Apache ECharts. Colours are those of the page's style, so
// that charts turn dark, or go onto paper, with the page. Names are only ever set as text.
(function () {
  'use strict';
  var COLOURS = 6;
  var DOTTED = 40;

  function colour(group) {
    return 'var(--s' + (group % COLOURS) + ')';
  }

  function number(value) {
    if (value === 0) {
      return '0';
    }
    var size = Math.abs(value);
    return size >= 1e6 || size < 1e-4 ? value.toExponential(2) : String(Number(value.toPrecision(4)));
  }

  function axis(name, more) {
    return Object.assign({
      type: 'value',
      scale: true,
      name: name,
      nameLocation: 'middle',
      nameGap: 28,
      nameTextStyle: { color: 'var(--muted)', fontSize: 12 },
      axisLine: { show: true, lineStyle: { color: 'var(--muted)' } },
      axisTick: { show: false },
      axisLabel: { color: 'var(--muted)', fontSize: 12, hideOverlap: true, formatter: number },
      splitLine: { lineStyle: { color: 'var(--rule)' } }
    }, more);
  }

  function heightAxis(name) {
    return axis(name, {
      nameLocation: 'end',
      nameGap: 12,
      nameTextStyle: { color: 'var(--muted)', fontSize: 12, align: 'left' },
      axisLine: { show: false }
    });
  }

  function common(option) {
    return Object.assign({
      animation: false,
      textStyle: { fontFamily: 'system-ui, "Segoe UI", Roboto, "Helvetica Neue", sans-serif' },
      tooltip: {
        renderMode: 'richText',
        confine: true,
        backgroundColor: 'var(--page)',
        borderColor: 'var(--muted)',
        borderWidth: 1,
        padding: [6, 10],
        textStyle: { color: 'var(--text)', fontSize: 12, lineHeight: 18 },
        axisPointer: { type: 'line', lineStyle: { color: 'var(--muted)', type: 'dashed' } }
      }
    }, option);
  }

  // Texts of tooltips are a small language of their own, which braces and bars belong to
  function plain(text) {
    return text.replace(/[{}|]/g, function (c) { return { '{': '(', '}': ')', '|': '/' }[c]; });
  }

  // A vertical or horizontal stroke between two places, for spreads
  function strokes(pairs, ink) {
    return {
      silent: true,
      animation: false,
      symbol: ['none', 'none'],
      label: { show: false },
      emphasis: { disabled: true },
      lineStyle: { color: ink, type: 'solid', width: 1.5 },
      data: pairs
    };
  }

  function still(series) {
    return Object.assign({ emphasis: { disabled: true, scale: false }, animation: false }, series);
  }

  function lines(chart) {
    return {
      option: {
        legend: { show: false },
        grid: { left: 8, right: 16, top: chart.y ? 30 : 12, bottom: 34, containLabel: true },
        xAxis: axis(chart.x, { splitLine: { show: false } }),
        yAxis: heightAxis(chart.y),
        series: chart.lines.map(function (line, i) {
          return still({
            type: 'line',
            name: String(i),
            data: line.points,
            color: colour(i),
            // Where dots would cover the line they have no size: the library stumbles over none at all
            showSymbol: true,
            symbol: 'circle',
            symbolSize: line.points.length <= DOTTED && !line.dashed ? 6 : 0,
            lineStyle: {
              color: line.dashed ? 'var(--muted)' : colour(i),
              width: 2,
              type: line.dashed ? 'dashed' : 'solid'
            },
            itemStyle: { color: line.dashed ? 'var(--muted)' : colour(i) }
          });
        })
      },
      tell: function (series, at) {
        var line = chart.lines[series];
        var p = line.points[at];
        return p[1] === null ? '' : line.name + '\n' + chart.x + ' ' + number(p[0]) + ': ' + number(p[1]);
      },
      tellAll: function (all) {
        // The last of those that a line has above each other
        var shown = all.filter(function (p, i) {
          var next = all[i + 1];
          return !chart.lines[p.seriesIndex].dashed && !(next && next.seriesIndex === p.seriesIndex);
        });
        return chart.x + ' ' + number(all[0].axisValue) + '\n' + shown.map(function (p) {
          var y = p.value[1];
          return chart.lines[p.seriesIndex].name + ': ' + (y === null ? '–' : number(y));
        }).join('\n');
      },
      height: 300
    };
  }

  function bars(chart) {
    var names = chart.bars.map(function (bar) { return bar.name; });
    var texts = chart.bars.map(function (bar) { return bar.text; });
    function rows(labels, place) {
      return {
        type: 'category',
        inverse: true,
        position: place,
        data: labels.map(function (text, i) { return String(i); }),
        axisLine: { show: false },
        axisTick: { show: false },
        axisLabel: {
          inside: true,
          margin: 0,
          interval: 0,
          color: 'var(--text)',
          fontSize: 12,
          align: place,
          verticalAlign: 'bottom',
          padding: [0, 0, 11, 0],
          formatter: function (i) { return labels[Number(i)]; }
        }
      };
    }
    return {
      option: {
        grid: { left: 2, right: 14, top: 4, bottom: 34, containLabel: true },
        xAxis: axis(chart.x, { scale: false, min: 0, axisLine: { show: false }, splitLine: { show: false } }),
        yAxis: [rows(names, 'left'), rows(texts, 'right')],
        series: [still({
          type: 'bar',
          barWidth: 11,
          data: chart.bars.map(function (bar) {
            return {
              value: bar.value,
              itemStyle: { color: colour(bar.group), borderRadius: 2 }
            };
          }),
          markLine: strokes(chart.bars.map(function (bar, i) {
            return bar.low < bar.high ? [{ coord: [bar.low, i] }, { coord: [bar.high, i] }] : null;
          }).filter(Boolean), 'var(--text)')
        })]
      },
      tell: function (series, at) {
        var bar = chart.bars[at];
        var spread = bar.low < bar.high ? '\nfrom ' + number(bar.low) + ' to ' + number(bar.high) : '';
        return bar.name + '\n' + bar.text + spread;
      },
      height: 44 * chart.bars.length + 48
    };
  }

  function points(chart) {
    var cloud = chart.points.every(function (p) { return !p.name; });
    var groups = Array.from(new Set(chart.points.map(function (p) { return p.group; })));
    var members = groups.map(function (g) {
      return chart.points.filter(function (p) { return p.group === g; });
    });
    var series = groups.map(function (g, i) {
      return still({
        type: 'scatter',
        data: members[i].map(function (p) { return [p.x, p.y]; }),
        symbolSize: cloud ? 6 : 10,
        itemStyle: { color: colour(g), opacity: cloud ? 0.55 : 1 },
        label: {
          show: !cloud,
          position: 'right',
          color: 'var(--text)',
          fontSize: 12,
          formatter: function (at) { return plain(members[i][at.dataIndex].name); }
        },
        markLine: strokes(members[i].filter(function (p) { return p.low < p.high; })
          .map(function (p) { return [{ coord: [p.x, p.low] }, { coord: [p.x, p.high] }]; }), colour(g))
      });
    });
    if (chart.guide) {
      series.push(still({
        type: 'line',
        silent: true,
        showSymbol: false,
        data: [chart.guide.from, chart.guide.to],
        lineStyle: { color: 'var(--muted)', type: 'dashed', width: 1.5 }
      }));
    }
    return {
      option: {
        grid: { left: 8, right: 20, top: 34, bottom: 34, containLabel: true },
        xAxis: axis(chart.x, chart.logarithmic ? { type: 'log' } : {}),
        yAxis: heightAxis(chart.y),
        series: series
      },
      tell: function (s, at) {
        var p = members[s] && members[s][at];
        if (!p) {
          return '';
        }
        var name = p.name ? p.name + '\n' : '';
        return name + chart.x + ': ' + number(p.x) + '\n' + chart.y + ': ' + number(p.y);
      },
      height: cloud ? 340 : 400,
      settle: cloud ? null : function (chart) { apart(chart, members); }
    };
  }

  // Names stand beside their points, on the side with room, and below each other where they would
  // meet: the build of the library that we take has no such layout
  function apart(chart, members) {
    var LINE = 15;
    var LETTER = 6.6;
    var taken = [];
    var all = [];
    members.forEach(function (group, series) {
      group.forEach(function (p, at) {
        var place = chart.convertToPixel({ xAxisIndex: 0, yAxisIndex: 0 }, [p.x, p.y]);
        var width = 10 + LETTER * p.name.length;
        var right = place[0] + width < chart.getWidth();
        all.push({ series: series, at: at, y: place[1], right: right,
          from: right ? place[0] : place[0] - width, to: right ? place[0] + width : place[0] });
      });
    });
    all.sort(function (a, b) { return a.y - b.y; });
    var data = members.map(function (group) {
      return group.map(function (p) { return { value: [p.x, p.y] }; });
    });
    all.forEach(function (label) {
      var y = label.y;
      taken.forEach(function (other) {
        if (other.from < label.to && label.from < other.to && Math.abs(y - other.y) < LINE) {
          y = other.y + LINE;
        }
      });
      taken.push({ from: label.from, to: label.to, y: y });
      data[label.series][label.at].label = {
        position: label.right ? 'right' : 'left',
        offset: [0, y - label.y]
      };
    });
    chart.setOption({ series: data.map(function (d) { return { data: d }; }) });
  }

  // Arrow keys go from point to point and from line to line; what is shown is said as well
  function byKeys(place, chart, drawn, said) {
    var series = 0;
    var at = -1;
    function hide() {
      chart.dispatchAction({ type: 'hideTip' });
      chart.dispatchAction({ type: 'updateAxisPointer', currTrigger: 'leave' });
    }
    place.addEventListener('keydown', function (event) {
      var all = drawn.option.series;
      var step = { ArrowRight: [0, 1], ArrowLeft: [0, -1], ArrowDown: [1, 0], ArrowUp: [-1, 0] }[event.key];
      if (event.key === 'Escape') {
        hide();
        return;
      }
      if (!step) {
        return;
      }
      event.preventDefault();
      series = (series + step[0] + all.length) % all.length;
      var count = all[series].data.length;
      at = (Math.min(Math.max(at, step[1] ? -1 : 0), count) + step[1] + count) % count;
      chart.dispatchAction({ type: 'showTip', seriesIndex: series, dataIndex: at });
      said.textContent = drawn.tell(series, at).replace(/\n/g, ', ');
    });
    place.addEventListener('blur', hide);
  }

  function byLegend(figure, chart) {
    figure.querySelectorAll('.legend button').forEach(function (button) {
      button.addEventListener('click', function () {
        var shown = button.getAttribute('aria-pressed') !== 'true';
        button.setAttribute('aria-pressed', String(shown));
        chart.dispatchAction({ type: shown ? 'legendSelect' : 'legendUnSelect', name: button.value });
      });
    });
  }

  function draw(place) {
    var given = JSON.parse(place.getAttribute('data-chart'));
    var drawn = { lines: lines, bars: bars, points: points }[given.kind](given);
    drawn.option = common(drawn.option);
    // Of lines, all that are above a place: long ones have no dots to point at
    drawn.option.tooltip.trigger = drawn.tellAll ? 'axis' : 'item';
    drawn.option.tooltip.formatter = function (at) {
      return plain(drawn.tellAll ? drawn.tellAll(at) : drawn.tell(at.seriesIndex, at.dataIndex));
    };
    place.classList.add('drawn');
    place.style.height = drawn.height + 'px';
    var chart = echarts.init(place, null, { renderer: 'svg' });
    chart.setOption(drawn.option);
    var figure = place.closest('figure');
    byKeys(place, chart, drawn, figure.querySelector('.said'));
    byLegend(figure, chart);
    function fit() {
      chart.resize();
      if (drawn.settle) {
        drawn.settle(chart);
      }
      var svg = place.querySelector('svg');
      // On paper the picture is as wide as the column, whatever the screen was
      svg.setAttribute('viewBox', '0 0 ' + chart.getWidth() + ' ' + chart.getHeight());
    }
    fit();
    new ResizeObserver(function () {
      if (!window.matchMedia('print').matches) {
        fit();
      }
    }).observe(place);
  }

  document.querySelectorAll('[data-chart]').forEach(draw);
})();
