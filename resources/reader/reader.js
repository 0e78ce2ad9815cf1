// Reads the data blocks of this page; nothing is fetched, nothing is written, nothing leaves this file.
"use strict";
(function () {
  const schema = JSON.parse(document.getElementById("schema").textContent);
  const tables = new Map(schema.tables.map((table) => [table.name, table]));
  const WORDS = {
    search: ["Search everything", "搜索全部内容"], rows: ["rows", "条"], back: ["Back", "返回"],
    none: ["Nothing found", "没有找到"], more: ["Show more", "显示更多"], other: ["中文", "English"],
    related: ["Belongs to it", "相关记录"], open: ["Open the document", "打开文书"],
    note: ["Read only. Everything stands in this file; no connection is made.", "只读。全部内容都在本文件中，不联网。"],
    made: ["Exported", "导出时间"], found: ["found", "条结果"],
  };
  let language = schema.language === "en" ? 0 : 1;
  const word = (key) => WORDS[key][language];
  const title = (thing) => (language === 0 ? thing.en : thing.zh);
  const loaded = new Map();

  function rows(name) {
    if (!loaded.has(name)) {
      const block = document.getElementById("data-" + name);
      const list = block ? JSON.parse(block.textContent) : [];
      const at = tables.get(name).columns.findIndex((column) => column.name === "id");
      loaded.set(name, { list, byId: new Map(at < 0 ? [] : list.map((row) => [row[at], row])) });
    }
    return loaded.get(name);
  }
  function label(name, id) {
    const table = tables.get(name);
    const row = table && rows(name).byId.get(id);
    if (!row) return id;
    const parts = table.label.map((key) => row[place(table, key)]).filter(Boolean);
    return parts.length ? parts.join(" ") : "#" + id;
  }
  function place(table, key) { return table.columns.findIndex((column) => column.name === key); }
  function shown(table, row, at) {
    const column = table.columns[at];
    return column.to && row[at] && tables.has(column.to) ? label(column.to, row[at]) : row[at];
  }
  function make(kind, text, className) {
    const made = document.createElement(kind);
    if (text !== undefined && text !== null) made.textContent = text;
    if (className) made.className = className;
    return made;
  }
  function link(text, hash) {
    const made = make("a", text);
    made.href = hash;
    return made;
  }
  function path(name) { return name.split("/").map(encodeURIComponent).join("/"); }

  const main = document.getElementById("main");
  const nav = document.getElementById("nav");
  const box = document.getElementById("search");

  function list(table, chosen, limit, hide) {
    const grid = make("table");
    const head = grid.appendChild(make("thead")).appendChild(make("tr"));
    const columns = table.columns.map((column, at) => at).filter((at) => {
      const name = table.columns[at].name;
      if (name === hide || ["uid", "version", "created_by", "updated_by", "updated_at"].includes(name)) return false;
      return chosen.slice(0, 200).some((row) => row[at] !== "");
    });
    columns.forEach((at) => head.appendChild(make("th", title(table.columns[at]))));
    const body = grid.appendChild(make("tbody"));
    const add = (from) => chosen.slice(from, from + limit).forEach((row) => {
      const line = body.appendChild(make("tr"));
      const id = row[place(table, "id")];
      columns.forEach((at, number) => {
        const cell = line.appendChild(make("td"));
        const text = String(shown(table, row, at)).slice(0, 300);
        if (number === 0 && id !== undefined) cell.appendChild(link(text || "·", "#" + table.name + "/" + id));
        else cell.textContent = text;
      });
    });
    add(0);
    const holder = make("div", null, "scroll");
    holder.appendChild(grid);
    if (chosen.length > limit) {
      let next = limit;
      const button = make("button", word("more"));
      button.onclick = () => {
        add(next);
        next += limit;
        if (next >= chosen.length) button.remove();
      };
      holder.appendChild(button);
    }
    return holder;
  }
  function heading(text, count) {
    const made = make("h2", text + " ");
    made.appendChild(make("small", count + " " + word("rows")));
    return made;
  }
  function showTable(name) {
    const table = tables.get(name);
    main.append(heading(title(table), rows(name).list.length), list(table, rows(name).list, 200));
  }
  function showRow(name, id) {
    const table = tables.get(name);
    const row = rows(name).byId.get(id);
    if (!row) { main.append(make("p", word("none"))); return; }
    main.append(link("← " + title(table), "#" + name), make("h1", label(name, id)));
    const facts = make("dl");
    table.columns.forEach((column, at) => {
      if (row[at] === "") return;
      facts.appendChild(make("dt", title(column)));
      const value = facts.appendChild(make("dd"));
      if (column.to && tables.has(column.to)) value.appendChild(link(label(column.to, row[at]), "#" + column.to + "/" + row[at]));
      else value.textContent = row[at];
    });
    main.append(facts);
    (schema.files[name === "document" ? id : ""] || []).forEach((file) => {
      const line = make("p");
      const made = link(word("open") + ": " + file.split("/").pop(), path(file));
      made.target = "_blank";
      made.rel = "noopener noreferrer";
      line.appendChild(made);
      main.append(line);
    });
    schema.tables.forEach((other) => {
      other.columns.forEach((column, at) => {
        if (column.to !== name || /_by$|actor_id/.test(column.name)) return;
        const chosen = rows(other.name).list.filter((one) => one[at] === id);
        if (!chosen.length) return;
        main.append(heading(title(other), chosen.length), list(other, chosen, 100, column.name));
      });
    });
  }
  function fold(text) { return text.normalize("NFKC").toLowerCase(); }
  function showSearch(query) {
    const words = fold(query).split(/\s+/).filter(Boolean);
    let any = false;
    schema.tables.forEach((table) => {
      if (table.name === "audit_record") return;
      const chosen = rows(table.name).list.filter((row) => {
        const text = fold(row.map((_value, at) => shown(table, row, at)).join("\n"));
        return words.every((one) => text.includes(one));
      });
      if (!chosen.length) return;
      any = true;
      main.append(heading(title(table), chosen.length), list(table, chosen, 50));
    });
    if (!any) main.append(make("p", word("none")));
  }
  function show() {
    document.documentElement.lang = language === 0 ? "en" : "zh-CN";
    box.placeholder = word("search");
    document.getElementById("firm").textContent = schema.firm;
    document.getElementById("note").textContent = word("note") + " " + word("made") + " " + schema.made;
    document.getElementById("language").textContent = word("other");
    nav.replaceChildren(...schema.tables.map((table) => link(title(table), "#" + table.name)));
    main.replaceChildren();
    const [name, id] = decodeURIComponent(location.hash.slice(1)).split("/");
    if (box.value.trim()) showSearch(box.value);
    else if (tables.has(name) && id) showRow(name, id);
    else showTable(tables.has(name) ? name : schema.tables[0].name);
    scrollTo(0, 0);
  }
  document.getElementById("language").onclick = () => { language = 1 - language; show(); };
  addEventListener("hashchange", () => { box.value = ""; show(); });
  let waiting = 0;
  box.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(show, 200); });
  show();
})();
