// The map and the line of time of the page of incidents, drawn from the lists that stand beside and below them.
(function () {
  "use strict";

  const PAD = 28;
  const MOST_ZOOM = 3500;
  const FINE_FROM = 420; // From this scale on, the coarser outlines of land are too coarse.

  function places() {
    return Array.from(document.querySelectorAll("#places li"), function (item) {
      return {
        item: item,
        at: [Number(item.dataset.lon), Number(item.dataset.lat)],
        most: Number(item.dataset.most),
        contested: Number(item.dataset.contested) > 0,
        href: item.querySelector("a").getAttribute("href"),
        words: item.textContent.replace(/\s+/g, " ").trim(),
      };
    });
  }

  function corners(stated) {
    const edges = stated.split(",").map(Number);
    if (edges.length !== 4 || edges.some(Number.isNaN) || edges[0] >= edges[2] || edges[1] >= edges[3]) return null;
    return [[edges[0], edges[1]], [edges[2], edges[3]]];
  }

  function fitted(points, width, height) {
    const projection = d3.geoMercator();
    const whole = [[-170, -56], [190, 74]];
    const shown = points.length ? points : whole;
    const inside = shown.map(function (one) { return [one[0], Math.max(-80, Math.min(80, one[1]))]; });
    projection.fitExtent([[PAD, PAD], [width - PAD, height - PAD]], { type: "MultiPoint", coordinates: inside });
    const least = width / (2 * Math.PI);
    const scale = Math.max(least, Math.min(MOST_ZOOM, projection.scale()));
    if (scale !== projection.scale() || !Number.isFinite(projection.scale())) {
      const middle = [d3.mean(d3.extent(inside, function (one) { return one[0]; })), d3.mean(d3.extent(inside, function (one) { return one[1]; }))];
      projection.scale(scale).center(scale === least ? [10, 25] : middle).translate([width / 2, height / 2]);
    }
    return projection;
  }

  async function drawMap() {
    const frame = document.getElementById("map");
    if (!frame) return;
    frame.hidden = false;
    const width = Math.max(280, frame.clientWidth), height = Math.round(width * (width < 500 ? 0.8 : 0.56));
    const spots = places();
    const box = corners(frame.dataset.box);
    const projection = fitted(box || spots.map(function (one) { return one.at; }), width, height);
    const svg = d3.create("svg").attr("viewBox", [0, 0, width, height]).attr("aria-hidden", "true");
    svg.append("rect").attr("class", "sea").attr("width", width).attr("height", height);
    const ground = svg.append("g"), brushing = svg.append("g"), above = svg.append("g");
    drawMarks(above, spots, projection, width, height);
    if (window.matchMedia("(pointer: fine)").matches) choosing(brushing, projection, width, height);
    frame.replaceChildren(svg.node());
    const fine = projection.scale() > FINE_FROM;
    const atlas = await (await fetch(fine ? frame.dataset.land : frame.dataset.world)).json();
    drawLand(ground, atlas, projection, width, height, fine);
  }

  function drawLand(ground, atlas, projection, width, height, named) {
    const clipped = projection.clipExtent([[-2, -2], [width + 2, height + 2]]);
    const path = d3.geoPath(clipped);
    ground.append("path").attr("class", "land").attr("d", path(topojson.feature(atlas, atlas.objects.land)));
    const borders = topojson.mesh(atlas, atlas.objects.countries, function (a, b) { return a !== b; });
    ground.append("path").attr("class", "border").attr("d", path(borders));
    if (!named) return;
    const taken = [];
    for (const one of topojson.feature(atlas, atlas.objects.countries).features) {
      const at = path.centroid(one), room = path.bounds(one), name = one.properties.name;
      if (!Number.isFinite(at[0]) || room[1][0] - room[0][0] < 7 * name.length) continue;
      if (taken.some(function (other) { return Math.abs(other[0] - at[0]) < 90 && Math.abs(other[1] - at[1]) < 16; })) continue;
      taken.push(at);
      ground.append("text").attr("class", "country").attr("x", at[0]).attr("y", at[1]).text(name);
    }
  }

  function drawMarks(above, spots, projection, width, height) {
    const size = d3.scaleSqrt([0, d3.max(spots, function (one) { return one.most; }) || 1], [4, 20]);
    const drawn = spots.map(function (one) {
      const point = projection(one.at), r = size(one.most);
      const inside = point && point[0] > -r && point[0] < width + r && point[1] > -r && point[1] < height + r;
      if (!inside) return null;
      // A diamond is as large as the circle in area.
      const s = r * Math.sqrt(Math.PI / 2);
      const mark = one.contested
        ? above.append("path").attr("d", "M0 " + -s + "L" + s + " 0L0 " + s + "L" + -s + " 0Z")
        : above.append("circle").attr("r", r);
      mark.attr("class", "mark" + (one.contested ? " contested" : "") + (one.most ? "" : " none"));
      mark.attr("transform", "translate(" + point + ")").on("click", function () { window.location.assign(one.href); });
      mark.append("title").text(one.words);
      return { one: one, mark: mark };
    });
    for (const pair of drawn.filter(Boolean)) {
      const item = pair.one.item, on = function (now) { return function () { pair.mark.classed("now", now); item.classList.toggle("now", now); }; };
      for (const name of ["mouseenter", "focusin"]) item.addEventListener(name, on(true));
      for (const name of ["mouseleave", "focusout"]) item.addEventListener(name, on(false));
      pair.mark.on("mouseenter", on(true)).on("mouseleave", on(false));
    }
  }

  function choosing(group, projection, width, height) {
    const field = document.getElementById("box");
    if (!field) return;
    const told = document.getElementById("box-chosen");
    const brush = d3.brush().extent([[0, 0], [width, height]]).on("end", function (event) {
      if (!event.sourceEvent || !event.selection) return;
      const one = projection.invert(event.selection[0]), other = projection.invert(event.selection[1]);
      const edges = [Math.max(-180, one[0]), Math.max(-90, other[1]), Math.min(180, other[0]), Math.min(90, one[1])];
      if (edges[0] >= edges[2]) return;
      field.value = edges.map(function (edge) { return edge.toFixed(2); }).join(",");
      told.textContent = "The filter is set to the box " + field.value + ". ";
      const show = document.createElement("button");
      show.type = "button";
      show.textContent = "Show what is in it";
      show.addEventListener("click", function () { document.getElementById("filter").requestSubmit(); });
      told.append(show);
    });
    group.call(brush);
  }

  function drawTime() {
    const frame = document.getElementById("time");
    if (!frame) return;
    const bins = Array.from(document.querySelectorAll("#bins tbody tr"), function (row) {
      const day = function (iso) { return new Date(iso + "T00:00:00Z"); };
      return {
        first: day(row.dataset.first),
        last: d3.utcDay.offset(day(row.dataset.last), 1),
        number: Number(row.dataset.number),
        contested: Number(row.dataset.contested),
        link: row.querySelector("a"),
      };
    });
    if (!bins.length) return;
    frame.hidden = false;
    const width = Math.max(280, frame.clientWidth), height = 150, left = 34, bottom = 22, top = 8;
    let begin = bins[0].first, end = d3.max(bins, function (one) { return one.last; });
    if (d3.utcDay.count(begin, end) < 14) { begin = d3.utcDay.offset(begin, -6); end = d3.utcDay.offset(end, 7); }
    const x = d3.scaleUtc([begin, end], [left, width - 8]);
    const most = d3.max(bins, function (one) { return one.number; });
    const y = d3.scaleLinear([0, most], [height - bottom, top]).nice(4);
    const svg = d3.create("svg").attr("viewBox", [0, 0, width, height]).attr("aria-hidden", "true");
    const hatch = svg.append("defs").append("pattern").attr("id", "hatch").attr("width", 5).attr("height", 5);
    hatch.attr("patternUnits", "userSpaceOnUse").attr("patternTransform", "rotate(45)");
    hatch.append("rect").attr("class", "hatch-ground").attr("width", 5).attr("height", 5);
    hatch.append("rect").attr("class", "hatch-line").attr("width", 2).attr("height", 5);
    const form = new Intl.NumberFormat();
    const ticks = y.ticks(3).filter(Number.isInteger);
    svg.append("g").selectAll("path").data(ticks).join("path").attr("class", "rule")
      .attr("d", function (one) { return "M" + left + " " + y(one) + "H" + (width - 8); });
    svg.append("g").selectAll("text").data(ticks).join("text").attr("class", "soft end")
      .attr("x", left - 6).attr("y", function (one) { return y(one) + 4; }).text(function (one) { return form.format(one); });
    for (const one of bins) {
      const at = x(one.first), wide = Math.max(2, x(one.last) - at - 1);
      const bar = svg.append("g").attr("class", "bar").on("click", function () { window.location.assign(one.link.href); });
      bar.append("rect").attr("class", "whole").attr("x", at).attr("width", wide)
        .attr("y", y(one.number)).attr("height", y(0) - y(one.number));
      bar.append("rect").attr("class", "contested").attr("fill", "url(#hatch)").attr("x", at).attr("width", wide)
        .attr("y", y(one.contested)).attr("height", y(0) - y(one.contested));
      bar.append("title").text(one.link.textContent + ": " + form.format(one.number) + ", of them contested: " + form.format(one.contested));
    }
    const told = x.tickFormat();
    const days = x.ticks(Math.max(2, Math.floor(width / 110)));
    for (const one of days.filter(function (day) { return day.getUTCHours() === 0; })) {
      if (x(one) > width - 30) continue;
      svg.append("text").attr("class", "soft").attr("x", Math.max(left, x(one))).attr("y", height - 6).text(told(one));
    }
    frame.replaceChildren(svg.node());
  }

  let waiting = 0;
  function drawAll() {
    drawMap().catch(function () { /* Without its outlines the map is still one of points; the list says it all. */ });
    drawTime();
  }
  document.addEventListener("DOMContentLoaded", function () {
    let width = window.innerWidth;
    drawAll();
    document.addEventListener("htmx:afterSettle", function (event) {
      if (event.detail.elt.id === "seen") drawAll();
    });
    window.addEventListener("resize", function () {
      if (window.innerWidth === width) return;
      width = window.innerWidth;
      clearTimeout(waiting);
      waiting = setTimeout(drawAll, 200);
    });
  });
})();
